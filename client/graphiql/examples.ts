/** An operation that GraphiQL opens as a tab. */
export interface Example {
  /** Named by links: `/graphiql#example=InviteDevice`. The name of the operation in `document`. */
  readonly name: string;
  /** Valid against schema.graphql; a test holds that. */
  readonly document: string;
  /** JSON text. */
  readonly variables?: string;
}

/** In the order in which a visitor would try them. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'Viewer',
    document: `# Who am I, and where does my stream of events
# stand? The Headers tab below holds the
# credential: an API token or a device's own.
# Without one, the cookie that SignIn set counts
# (see its tab).
query Viewer {
  viewer {
    kind
    account {
      name
      email
      eventCursor
      devices(first: 10) {
        edges {
          node {
            id
            name
            addressGrouped
            alias
            online
          }
        }
      }
    }
    device {
      id
      addressGrouped
      alias
      online
      eventCursor
    }
  }
}
`,
  },
  {
    name: 'AccountEvents',
    document: `# My inbox, live. Run it, and watch what the
# devices do, or invite one from another browser
# window. "after" null: from now on. With the
# cursor of an event: what followed it first, in
# order and once.
subscription AccountEvents($after: Cursor) {
  accountEvents(after: $after) {
    __typename
    cursor
    occurredAt
    ... on InvitationEvent {
      invitationChange: change
      revision
      invitation {
        id
        status
        expiresAt
        permissions
        inviter {
          addressGrouped
          alias
        }
        recipient {
          addressGrouped
          alias
        }
      }
    }
    ... on SessionRequestEvent {
      requestChange: change
    }
    ... on SessionEvent {
      sessionChange: change
      permissions
      session {
        id
        durationSeconds
      }
    }
    ... on DeviceEvent {
      deviceChange: change
      device {
        name
        online
      }
    }
  }
}
`,
    variables: `{
  "after": null
}`,
  },
  {
    name: 'InviteDevice',
    document: `# Invites somebody to a device of mine, for two
# minutes. "recipient": an ID of 9 or 10 digits,
# blanks do not matter, or an alias. "deviceId":
# which of my devices; a device that calls for
# itself leaves it out.
mutation InviteDevice($input: InviteDeviceInput!) {
  inviteDevice(input: $input) {
    ... on InviteDevicePayload {
      invitation {
        id
        revision
        status
        expiresAt
        permissions
      }
    }
    ... on UserError {
      __typename
      code
      message
      path
    }
  }
}
`,
    variables: `{
  "input": {
    "deviceId": null,
    "recipient": "123 456 789",
    "origin": "OWN_ID",
    "note": "Could you have a look?",
    "revoke": ["FILE_MANAGER"]
  }
}`,
  },
  {
    name: 'AcceptInvitation',
    document: `# Accepts an invitation in the revision that was
# shown; the session starts at once. "id" and
# "revision" come with the event that told of
# it.
mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    ... on AcceptInvitationPayload {
      invitation {
        status
        session {
          id
          permissions
        }
      }
    }
    ... on RevisionOutdated {
      currentRevision
    }
    ... on UserError {
      __typename
      code
      message
    }
  }
}
`,
    variables: `{
  "input": {
    "id": "",
    "revision": 1
  }
}`,
  },
  {
    name: 'ChangeSessionPermissions',
    document: `# Changes what the other side may do in a
# running session; it hears at once. All or
# nothing: one locked permission among them, and
# nothing changes.
mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {
  changeSessionPermissions(input: $input) {
    ... on ChangeSessionPermissionsPayload {
      session {
        permissions
        permissionTimeline {
          number
          changedAt
          permissions
        }
      }
    }
    ... on PermissionsLocked {
      permissions
    }
    ... on UserError {
      __typename
      code
      message
    }
  }
}
`,
    variables: `{
  "input": {
    "id": "",
    "grant": ["FILE_MANAGER"],
    "revoke": ["INPUT", "CLIPBOARD"]
  }
}`,
  },
  {
    name: 'DeviceEvents',
    document: `# The inbox of a device, live; it is online
# meanwhile. Needs its own credential in the
# Headers tab.
subscription DeviceEvents($after: Cursor) {
  deviceEvents(after: $after) {
    __typename
    cursor
    ... on InvitationEvent {
      invitationChange: change
      revision
      invitation {
        id
        status
        expiresAt
        permissions
        inviter {
          addressGrouped
          alias
        }
      }
    }
    ... on SessionEvent {
      sessionChange: change
      permissions
    }
  }
}
`,
    variables: `{
  "after": null
}`,
  },
  {
    name: 'SignIn',
    document: `# Signs in by e-mail address and password, and
# sets a cookie for the other tabs. A credential
# in their Headers tab goes before it: empty
# that.
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ... on SignInPayload {
      account {
        name
        email
      }
    }
    ... on UserError {
      __typename
      code
      message
    }
  }
}
`,
    variables: `{
  "input": {
    "email": "",
    "password": ""
  }
}`,
  },
];
