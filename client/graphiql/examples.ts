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
    document: `# Who am I, and from which cursor can I follow what happens to me?
# The Headers tab below holds the credential: an API token or a device's own.
# Without one, the cookie of SignIn (see its tab) counts.
query Viewer {
  viewer {
    account {
      id
      name
      email
      eventCursor
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
    document: `# My inbox, live: run it, then invite a device in another tab or browser window.
# Leave "after" empty for what happens from now on, or put a cursor there to replay what followed it.
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
    document: `# Invites somebody to a device of mine, by its 9- or 10-digit ID (blanks do not matter) or its alias.
# "deviceId" says which of my devices; a device itself leaves it out. The offer stands for two minutes.
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
    document: `# Accepts an invitation in the revision that was shown; the session starts at once.
# "id" and "revision" come with the event that told of it.
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
    document: `# Changes what the other side may do in a running session; it hears at once.
# All or nothing: one locked permission among them, and nothing changes.
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
    document: `# The inbox of a device, live; the device counts as online meanwhile.
# Needs the device's own credential in the Headers tab.
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
    document: `# Signs in by e-mail address and password. The answer sets a cookie, which the other tabs then use:
# empty their Headers tab, where a credential would go before it.
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
