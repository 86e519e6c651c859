/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query OperatorAuditLog($first: Int, $subject: ID) {\n    operatorAuditLog(first: $first, subject: $subject) {\n      nodes {\n        number\n        occurredAt\n        concept\n        change\n        subject\n        address\n        fields {\n          field\n          before\n          after\n        }\n      }\n    }\n  }\n": typeof types.OperatorAuditLogDocument,
    "\n  mutation RegisterDevice($input: RegisterDeviceInput!) {\n    registerDevice(input: $input) {\n      ... on RegisterDevicePayload {\n        credential\n        device {\n          id\n          address\n          addressGrouped\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RegisterDeviceDocument,
    "\n  mutation EnrolDevice($input: EnrolDeviceInput!) {\n    enrolDevice(input: $input) {\n      ... on EnrolDevicePayload {\n        device {\n          id\n          enrolledAt\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.EnrolDeviceDocument,
    "\n  mutation RemoveDevice($input: RemoveDeviceInput!) {\n    removeDevice(input: $input) {\n      __typename\n    }\n  }\n": typeof types.RemoveDeviceDocument,
    "\n  query DeviceState {\n    viewer {\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        platform\n        clientKind\n        clientVersion\n        enrolledAt\n        online\n        locks {\n          permission\n          allowed\n        }\n        permissionProfiles {\n          id\n          name\n          enabled\n          permissions\n        }\n        eventCursor\n        invitations(status: PENDING, first: 25) {\n          nodes {\n            __typename\n            ... on DirectInvitation {\n              ...InvitationFields\n            }\n          }\n        }\n        sessionRequests(status: PENDING, first: 25) {\n          nodes {\n            ...SessionRequestFields\n          }\n        }\n        sessions(running: true, first: 25) {\n          nodes {\n            ...SessionFields\n            permissionRequests {\n              id\n              status\n              permissions\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.DeviceStateDocument,
    "\n  query DeviceProfiles {\n    viewer {\n      device {\n        permissionProfiles {\n          id\n          name\n          enabled\n        }\n      }\n    }\n  }\n": typeof types.DeviceProfilesDocument,
    "\n  query DeviceSessions($first: Int!, $after: Cursor) {\n    viewer {\n      device {\n        address\n        sessions(first: $first, after: $after) {\n          nodes {\n            ...SessionFields\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": typeof types.DeviceSessionsDocument,
    "\n  fragment EventFields on Event {\n    __typename\n    cursor\n    occurredAt\n    actor\n    ... on InvitationEvent {\n      invitationChange: change\n      revision\n      permissions\n      invitation {\n        ...InvitationFields\n      }\n    }\n    ... on SessionRequestEvent {\n      requestChange: change\n      request {\n        ...SessionRequestFields\n      }\n    }\n    ... on SessionEvent {\n      sessionChange: change\n      permissions\n      requestId\n      session {\n        ...SessionFields\n      }\n    }\n    ... on DeviceEvent {\n      deviceChange: change\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        online\n      }\n    }\n    ... on LicenceEvent {\n      licenceChange: change\n      licence {\n        id\n        product\n        edition\n        seats\n        status\n        expiresAt\n      }\n    }\n    ... on StreamResetEvent {\n      reason\n    }\n  }\n": typeof types.EventFieldsFragmentDoc,
    "\n  subscription DeviceEvents($after: Cursor) {\n    deviceEvents(after: $after) {\n      ...EventFields\n    }\n  }\n": typeof types.DeviceEventsDocument,
    "\n  subscription AccountEvents($after: Cursor) {\n    accountEvents(after: $after) {\n      ...EventFields\n    }\n  }\n": typeof types.AccountEventsDocument,
    "\n  subscription SessionEvents($id: ID!, $after: Cursor) {\n    sessionEvents(id: $id, after: $after) {\n      ...EventFields\n    }\n  }\n": typeof types.SessionEventsDocument,
    "\n  query DeviceCursor {\n    viewer {\n      device {\n        eventCursor\n      }\n    }\n  }\n": typeof types.DeviceCursorDocument,
    "\n  query AccountCursor {\n    viewer {\n      account {\n        eventCursor\n      }\n    }\n  }\n": typeof types.AccountCursorDocument,
    "\n  query SessionCursor($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SupportSession {\n        eventCursor\n      }\n    }\n  }\n": typeof types.SessionCursorDocument,
    "\n  fragment InvitationFields on DirectInvitation {\n    __typename\n    id\n    inviter {\n      address\n      addressGrouped\n      alias\n    }\n    recipient {\n      address\n      addressGrouped\n      alias\n    }\n    profileName\n    permissions\n    note\n    revision\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n": typeof types.InvitationFieldsFragmentDoc,
    "\n  fragment SessionRequestFields on SessionRequest {\n    __typename\n    id\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n": typeof types.SessionRequestFieldsFragmentDoc,
    "\n  fragment SessionFields on SupportSession {\n    __typename\n    id\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    permissions\n    startedAt\n    endedAt\n    endReason\n    durationSeconds\n  }\n": typeof types.SessionFieldsFragmentDoc,
    "\n  fragment RefusalFields on UserError {\n    __typename\n    code\n    message\n    path\n  }\n": typeof types.RefusalFieldsFragmentDoc,
    "\n  mutation InviteDevice($input: InviteDeviceInput!) {\n    inviteDevice(input: $input) {\n      ... on InviteDevicePayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.InviteDeviceDocument,
    "\n  mutation ModifyInvitation($input: ModifyInvitationInput!) {\n    modifyInvitation(input: $input) {\n      ... on ModifyInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ModifyInvitationDocument,
    "\n  mutation CancelInvitation($input: CancelInvitationInput!) {\n    cancelInvitation(input: $input) {\n      ... on CancelInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.CancelInvitationDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      ... on AcceptInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.AcceptInvitationDocument,
    "\n  mutation RejectInvitation($input: RejectInvitationInput!) {\n    rejectInvitation(input: $input) {\n      ... on RejectInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RejectInvitationDocument,
    "\n  fragment LicenceFields on Licence {\n    id\n    product\n    edition\n    seats\n    seatsUsed\n    status\n    purchaseEmail\n    issuedAt\n    expiresAt\n    holder {\n      name\n      email\n    }\n    activationLink {\n      status\n      expiresAt\n    }\n  }\n": typeof types.LicenceFieldsFragmentDoc,
    "\n  query Licences($filter: LicenceFilter, $first: Int, $after: Cursor) {\n    licences(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...LicenceFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.LicencesDocument,
    "\n  mutation IssueLicences($input: IssueLicencesInput!) {\n    issueLicences(input: $input) {\n      ... on IssueLicencesPayload {\n        licences {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.IssueLicencesDocument,
    "\n  mutation ResendLicenceLink($input: ResendLicenceLinkInput!) {\n    resendLicenceLink(input: $input) {\n      ... on ResendLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ResendLicenceLinkDocument,
    "\n  mutation RevokeLicenceLink($input: RevokeLicenceLinkInput!) {\n    revokeLicenceLink(input: $input) {\n      ... on RevokeLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RevokeLicenceLinkDocument,
    "\n  mutation SuspendLicence($input: SuspendLicenceInput!) {\n    suspendLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n": typeof types.SuspendLicenceDocument,
    "\n  mutation ResumeLicence($input: ResumeLicenceInput!) {\n    resumeLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n": typeof types.ResumeLicenceDocument,
    "\n  mutation RenewLicence($input: RenewLicenceInput!) {\n    renewLicence(input: $input) {\n      ... on RenewLicencePayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RenewLicenceDocument,
    "\n  mutation ActivateLicence($input: ActivateLicenceInput!) {\n    activateLicence(input: $input) {\n      ... on ActivateLicencePayload {\n        alreadyActive\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ActivateLicenceDocument,
    "\n  query ServiceAssignments {\n    serviceAssignments {\n      activationId\n      service\n      state\n      generation\n      settings\n      fingerprint\n    }\n  }\n": typeof types.ServiceAssignmentsDocument,
    "\n  mutation ReportServiceState($input: ReportServiceStateInput!) {\n    reportServiceState(input: $input) {\n      ... on ReportServiceStatePayload {\n        activation {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ReportServiceStateDocument,
    "\n  mutation RaiseAlert($input: RaiseAlertInput!) {\n    raiseAlert(input: $input) {\n      ... on RaiseAlertPayload {\n        alert {\n          id\n          occurrences\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RaiseAlertDocument,
    "\n  mutation ResolveAlert($input: ResolveAlertInput!) {\n    resolveAlert(input: $input) {\n      ... on ResolveAlertPayload {\n        alert {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ResolveAlertDocument,
    "\n  query UnresolvedAlerts($service: Service!) {\n    viewer {\n      device {\n        open: alerts(service: $service, state: OPEN, first: 100) {\n          nodes {\n            subject\n          }\n        }\n        acknowledged: alerts(service: $service, state: ACKNOWLEDGED, first: 100) {\n          nodes {\n            subject\n          }\n        }\n      }\n    }\n  }\n": typeof types.UnresolvedAlertsDocument,
    "\n  mutation ReportSnapshot($input: ReportSnapshotInput!) {\n    reportSnapshot(input: $input) {\n      ... on ReportSnapshotPayload {\n        snapshot {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ReportSnapshotDocument,
    "\n  mutation ReportInventory($input: ReportInventoryInput!) {\n    reportInventory(input: $input) {\n      ... on ReportInventoryPayload {\n        changed\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ReportInventoryDocument,
    "\n  query RestoresToRun {\n    restoresToRun {\n      id\n      state\n      paths\n      snapshot {\n        reference\n      }\n    }\n  }\n": typeof types.RestoresToRunDocument,
    "\n  mutation ReportRestore($input: ReportRestoreInput!) {\n    reportRestore(input: $input) {\n      ... on ReportRestorePayload {\n        restore {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ReportRestoreDocument,
    "\n  mutation RequestSession($input: RequestSessionInput!) {\n    requestSession(input: $input) {\n      ... on RequestSessionPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RequestSessionDocument,
    "\n  mutation AcceptSessionRequest($input: AcceptSessionRequestInput!) {\n    acceptSessionRequest(input: $input) {\n      ... on AcceptSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.AcceptSessionRequestDocument,
    "\n  mutation DismissSessionRequest($input: DismissSessionRequestInput!) {\n    dismissSessionRequest(input: $input) {\n      ... on DismissSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.DismissSessionRequestDocument,
    "\n  mutation WithdrawSessionRequest($input: WithdrawSessionRequestInput!) {\n    withdrawSessionRequest(input: $input) {\n      ... on WithdrawSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.WithdrawSessionRequestDocument,
    "\n  mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {\n    changeSessionPermissions(input: $input) {\n      ... on ChangeSessionPermissionsPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.ChangeSessionPermissionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on EndSessionPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.EndSessionDocument,
    "\n  mutation RequestSessionPermissions($input: RequestSessionPermissionsInput!) {\n    requestSessionPermissions(input: $input) {\n      ... on RequestSessionPermissionsPayload {\n        request {\n          id\n          permissions\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.RequestSessionPermissionsDocument,
    "\n  mutation AnswerPermissionRequest($input: AnswerPermissionRequestInput!) {\n    answerPermissionRequest(input: $input) {\n      ... on AnswerPermissionRequestPayload {\n        request {\n          id\n          permissions\n          status\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": typeof types.AnswerPermissionRequestDocument,
};
const documents: Documents = {
    "\n  query OperatorAuditLog($first: Int, $subject: ID) {\n    operatorAuditLog(first: $first, subject: $subject) {\n      nodes {\n        number\n        occurredAt\n        concept\n        change\n        subject\n        address\n        fields {\n          field\n          before\n          after\n        }\n      }\n    }\n  }\n": types.OperatorAuditLogDocument,
    "\n  mutation RegisterDevice($input: RegisterDeviceInput!) {\n    registerDevice(input: $input) {\n      ... on RegisterDevicePayload {\n        credential\n        device {\n          id\n          address\n          addressGrouped\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RegisterDeviceDocument,
    "\n  mutation EnrolDevice($input: EnrolDeviceInput!) {\n    enrolDevice(input: $input) {\n      ... on EnrolDevicePayload {\n        device {\n          id\n          enrolledAt\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.EnrolDeviceDocument,
    "\n  mutation RemoveDevice($input: RemoveDeviceInput!) {\n    removeDevice(input: $input) {\n      __typename\n    }\n  }\n": types.RemoveDeviceDocument,
    "\n  query DeviceState {\n    viewer {\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        platform\n        clientKind\n        clientVersion\n        enrolledAt\n        online\n        locks {\n          permission\n          allowed\n        }\n        permissionProfiles {\n          id\n          name\n          enabled\n          permissions\n        }\n        eventCursor\n        invitations(status: PENDING, first: 25) {\n          nodes {\n            __typename\n            ... on DirectInvitation {\n              ...InvitationFields\n            }\n          }\n        }\n        sessionRequests(status: PENDING, first: 25) {\n          nodes {\n            ...SessionRequestFields\n          }\n        }\n        sessions(running: true, first: 25) {\n          nodes {\n            ...SessionFields\n            permissionRequests {\n              id\n              status\n              permissions\n            }\n          }\n        }\n      }\n    }\n  }\n": types.DeviceStateDocument,
    "\n  query DeviceProfiles {\n    viewer {\n      device {\n        permissionProfiles {\n          id\n          name\n          enabled\n        }\n      }\n    }\n  }\n": types.DeviceProfilesDocument,
    "\n  query DeviceSessions($first: Int!, $after: Cursor) {\n    viewer {\n      device {\n        address\n        sessions(first: $first, after: $after) {\n          nodes {\n            ...SessionFields\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n": types.DeviceSessionsDocument,
    "\n  fragment EventFields on Event {\n    __typename\n    cursor\n    occurredAt\n    actor\n    ... on InvitationEvent {\n      invitationChange: change\n      revision\n      permissions\n      invitation {\n        ...InvitationFields\n      }\n    }\n    ... on SessionRequestEvent {\n      requestChange: change\n      request {\n        ...SessionRequestFields\n      }\n    }\n    ... on SessionEvent {\n      sessionChange: change\n      permissions\n      requestId\n      session {\n        ...SessionFields\n      }\n    }\n    ... on DeviceEvent {\n      deviceChange: change\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        online\n      }\n    }\n    ... on LicenceEvent {\n      licenceChange: change\n      licence {\n        id\n        product\n        edition\n        seats\n        status\n        expiresAt\n      }\n    }\n    ... on StreamResetEvent {\n      reason\n    }\n  }\n": types.EventFieldsFragmentDoc,
    "\n  subscription DeviceEvents($after: Cursor) {\n    deviceEvents(after: $after) {\n      ...EventFields\n    }\n  }\n": types.DeviceEventsDocument,
    "\n  subscription AccountEvents($after: Cursor) {\n    accountEvents(after: $after) {\n      ...EventFields\n    }\n  }\n": types.AccountEventsDocument,
    "\n  subscription SessionEvents($id: ID!, $after: Cursor) {\n    sessionEvents(id: $id, after: $after) {\n      ...EventFields\n    }\n  }\n": types.SessionEventsDocument,
    "\n  query DeviceCursor {\n    viewer {\n      device {\n        eventCursor\n      }\n    }\n  }\n": types.DeviceCursorDocument,
    "\n  query AccountCursor {\n    viewer {\n      account {\n        eventCursor\n      }\n    }\n  }\n": types.AccountCursorDocument,
    "\n  query SessionCursor($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SupportSession {\n        eventCursor\n      }\n    }\n  }\n": types.SessionCursorDocument,
    "\n  fragment InvitationFields on DirectInvitation {\n    __typename\n    id\n    inviter {\n      address\n      addressGrouped\n      alias\n    }\n    recipient {\n      address\n      addressGrouped\n      alias\n    }\n    profileName\n    permissions\n    note\n    revision\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n": types.InvitationFieldsFragmentDoc,
    "\n  fragment SessionRequestFields on SessionRequest {\n    __typename\n    id\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n": types.SessionRequestFieldsFragmentDoc,
    "\n  fragment SessionFields on SupportSession {\n    __typename\n    id\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    permissions\n    startedAt\n    endedAt\n    endReason\n    durationSeconds\n  }\n": types.SessionFieldsFragmentDoc,
    "\n  fragment RefusalFields on UserError {\n    __typename\n    code\n    message\n    path\n  }\n": types.RefusalFieldsFragmentDoc,
    "\n  mutation InviteDevice($input: InviteDeviceInput!) {\n    inviteDevice(input: $input) {\n      ... on InviteDevicePayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.InviteDeviceDocument,
    "\n  mutation ModifyInvitation($input: ModifyInvitationInput!) {\n    modifyInvitation(input: $input) {\n      ... on ModifyInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ModifyInvitationDocument,
    "\n  mutation CancelInvitation($input: CancelInvitationInput!) {\n    cancelInvitation(input: $input) {\n      ... on CancelInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.CancelInvitationDocument,
    "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      ... on AcceptInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.AcceptInvitationDocument,
    "\n  mutation RejectInvitation($input: RejectInvitationInput!) {\n    rejectInvitation(input: $input) {\n      ... on RejectInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RejectInvitationDocument,
    "\n  fragment LicenceFields on Licence {\n    id\n    product\n    edition\n    seats\n    seatsUsed\n    status\n    purchaseEmail\n    issuedAt\n    expiresAt\n    holder {\n      name\n      email\n    }\n    activationLink {\n      status\n      expiresAt\n    }\n  }\n": types.LicenceFieldsFragmentDoc,
    "\n  query Licences($filter: LicenceFilter, $first: Int, $after: Cursor) {\n    licences(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...LicenceFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.LicencesDocument,
    "\n  mutation IssueLicences($input: IssueLicencesInput!) {\n    issueLicences(input: $input) {\n      ... on IssueLicencesPayload {\n        licences {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.IssueLicencesDocument,
    "\n  mutation ResendLicenceLink($input: ResendLicenceLinkInput!) {\n    resendLicenceLink(input: $input) {\n      ... on ResendLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ResendLicenceLinkDocument,
    "\n  mutation RevokeLicenceLink($input: RevokeLicenceLinkInput!) {\n    revokeLicenceLink(input: $input) {\n      ... on RevokeLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RevokeLicenceLinkDocument,
    "\n  mutation SuspendLicence($input: SuspendLicenceInput!) {\n    suspendLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n": types.SuspendLicenceDocument,
    "\n  mutation ResumeLicence($input: ResumeLicenceInput!) {\n    resumeLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n": types.ResumeLicenceDocument,
    "\n  mutation RenewLicence($input: RenewLicenceInput!) {\n    renewLicence(input: $input) {\n      ... on RenewLicencePayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RenewLicenceDocument,
    "\n  mutation ActivateLicence($input: ActivateLicenceInput!) {\n    activateLicence(input: $input) {\n      ... on ActivateLicencePayload {\n        alreadyActive\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ActivateLicenceDocument,
    "\n  query ServiceAssignments {\n    serviceAssignments {\n      activationId\n      service\n      state\n      generation\n      settings\n      fingerprint\n    }\n  }\n": types.ServiceAssignmentsDocument,
    "\n  mutation ReportServiceState($input: ReportServiceStateInput!) {\n    reportServiceState(input: $input) {\n      ... on ReportServiceStatePayload {\n        activation {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ReportServiceStateDocument,
    "\n  mutation RaiseAlert($input: RaiseAlertInput!) {\n    raiseAlert(input: $input) {\n      ... on RaiseAlertPayload {\n        alert {\n          id\n          occurrences\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RaiseAlertDocument,
    "\n  mutation ResolveAlert($input: ResolveAlertInput!) {\n    resolveAlert(input: $input) {\n      ... on ResolveAlertPayload {\n        alert {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ResolveAlertDocument,
    "\n  query UnresolvedAlerts($service: Service!) {\n    viewer {\n      device {\n        open: alerts(service: $service, state: OPEN, first: 100) {\n          nodes {\n            subject\n          }\n        }\n        acknowledged: alerts(service: $service, state: ACKNOWLEDGED, first: 100) {\n          nodes {\n            subject\n          }\n        }\n      }\n    }\n  }\n": types.UnresolvedAlertsDocument,
    "\n  mutation ReportSnapshot($input: ReportSnapshotInput!) {\n    reportSnapshot(input: $input) {\n      ... on ReportSnapshotPayload {\n        snapshot {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ReportSnapshotDocument,
    "\n  mutation ReportInventory($input: ReportInventoryInput!) {\n    reportInventory(input: $input) {\n      ... on ReportInventoryPayload {\n        changed\n      }\n      ...RefusalFields\n    }\n  }\n": types.ReportInventoryDocument,
    "\n  query RestoresToRun {\n    restoresToRun {\n      id\n      state\n      paths\n      snapshot {\n        reference\n      }\n    }\n  }\n": types.RestoresToRunDocument,
    "\n  mutation ReportRestore($input: ReportRestoreInput!) {\n    reportRestore(input: $input) {\n      ... on ReportRestorePayload {\n        restore {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ReportRestoreDocument,
    "\n  mutation RequestSession($input: RequestSessionInput!) {\n    requestSession(input: $input) {\n      ... on RequestSessionPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RequestSessionDocument,
    "\n  mutation AcceptSessionRequest($input: AcceptSessionRequestInput!) {\n    acceptSessionRequest(input: $input) {\n      ... on AcceptSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.AcceptSessionRequestDocument,
    "\n  mutation DismissSessionRequest($input: DismissSessionRequestInput!) {\n    dismissSessionRequest(input: $input) {\n      ... on DismissSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.DismissSessionRequestDocument,
    "\n  mutation WithdrawSessionRequest($input: WithdrawSessionRequestInput!) {\n    withdrawSessionRequest(input: $input) {\n      ... on WithdrawSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.WithdrawSessionRequestDocument,
    "\n  mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {\n    changeSessionPermissions(input: $input) {\n      ... on ChangeSessionPermissionsPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.ChangeSessionPermissionsDocument,
    "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on EndSessionPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.EndSessionDocument,
    "\n  mutation RequestSessionPermissions($input: RequestSessionPermissionsInput!) {\n    requestSessionPermissions(input: $input) {\n      ... on RequestSessionPermissionsPayload {\n        request {\n          id\n          permissions\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.RequestSessionPermissionsDocument,
    "\n  mutation AnswerPermissionRequest($input: AnswerPermissionRequestInput!) {\n    answerPermissionRequest(input: $input) {\n      ... on AnswerPermissionRequestPayload {\n        request {\n          id\n          permissions\n          status\n        }\n      }\n      ...RefusalFields\n    }\n  }\n": types.AnswerPermissionRequestDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OperatorAuditLog($first: Int, $subject: ID) {\n    operatorAuditLog(first: $first, subject: $subject) {\n      nodes {\n        number\n        occurredAt\n        concept\n        change\n        subject\n        address\n        fields {\n          field\n          before\n          after\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OperatorAuditLog($first: Int, $subject: ID) {\n    operatorAuditLog(first: $first, subject: $subject) {\n      nodes {\n        number\n        occurredAt\n        concept\n        change\n        subject\n        address\n        fields {\n          field\n          before\n          after\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterDevice($input: RegisterDeviceInput!) {\n    registerDevice(input: $input) {\n      ... on RegisterDevicePayload {\n        credential\n        device {\n          id\n          address\n          addressGrouped\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RegisterDevice($input: RegisterDeviceInput!) {\n    registerDevice(input: $input) {\n      ... on RegisterDevicePayload {\n        credential\n        device {\n          id\n          address\n          addressGrouped\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnrolDevice($input: EnrolDeviceInput!) {\n    enrolDevice(input: $input) {\n      ... on EnrolDevicePayload {\n        device {\n          id\n          enrolledAt\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation EnrolDevice($input: EnrolDeviceInput!) {\n    enrolDevice(input: $input) {\n      ... on EnrolDevicePayload {\n        device {\n          id\n          enrolledAt\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveDevice($input: RemoveDeviceInput!) {\n    removeDevice(input: $input) {\n      __typename\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveDevice($input: RemoveDeviceInput!) {\n    removeDevice(input: $input) {\n      __typename\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceState {\n    viewer {\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        platform\n        clientKind\n        clientVersion\n        enrolledAt\n        online\n        locks {\n          permission\n          allowed\n        }\n        permissionProfiles {\n          id\n          name\n          enabled\n          permissions\n        }\n        eventCursor\n        invitations(status: PENDING, first: 25) {\n          nodes {\n            __typename\n            ... on DirectInvitation {\n              ...InvitationFields\n            }\n          }\n        }\n        sessionRequests(status: PENDING, first: 25) {\n          nodes {\n            ...SessionRequestFields\n          }\n        }\n        sessions(running: true, first: 25) {\n          nodes {\n            ...SessionFields\n            permissionRequests {\n              id\n              status\n              permissions\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceState {\n    viewer {\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        platform\n        clientKind\n        clientVersion\n        enrolledAt\n        online\n        locks {\n          permission\n          allowed\n        }\n        permissionProfiles {\n          id\n          name\n          enabled\n          permissions\n        }\n        eventCursor\n        invitations(status: PENDING, first: 25) {\n          nodes {\n            __typename\n            ... on DirectInvitation {\n              ...InvitationFields\n            }\n          }\n        }\n        sessionRequests(status: PENDING, first: 25) {\n          nodes {\n            ...SessionRequestFields\n          }\n        }\n        sessions(running: true, first: 25) {\n          nodes {\n            ...SessionFields\n            permissionRequests {\n              id\n              status\n              permissions\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceProfiles {\n    viewer {\n      device {\n        permissionProfiles {\n          id\n          name\n          enabled\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceProfiles {\n    viewer {\n      device {\n        permissionProfiles {\n          id\n          name\n          enabled\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceSessions($first: Int!, $after: Cursor) {\n    viewer {\n      device {\n        address\n        sessions(first: $first, after: $after) {\n          nodes {\n            ...SessionFields\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceSessions($first: Int!, $after: Cursor) {\n    viewer {\n      device {\n        address\n        sessions(first: $first, after: $after) {\n          nodes {\n            ...SessionFields\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EventFields on Event {\n    __typename\n    cursor\n    occurredAt\n    actor\n    ... on InvitationEvent {\n      invitationChange: change\n      revision\n      permissions\n      invitation {\n        ...InvitationFields\n      }\n    }\n    ... on SessionRequestEvent {\n      requestChange: change\n      request {\n        ...SessionRequestFields\n      }\n    }\n    ... on SessionEvent {\n      sessionChange: change\n      permissions\n      requestId\n      session {\n        ...SessionFields\n      }\n    }\n    ... on DeviceEvent {\n      deviceChange: change\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        online\n      }\n    }\n    ... on LicenceEvent {\n      licenceChange: change\n      licence {\n        id\n        product\n        edition\n        seats\n        status\n        expiresAt\n      }\n    }\n    ... on StreamResetEvent {\n      reason\n    }\n  }\n"): (typeof documents)["\n  fragment EventFields on Event {\n    __typename\n    cursor\n    occurredAt\n    actor\n    ... on InvitationEvent {\n      invitationChange: change\n      revision\n      permissions\n      invitation {\n        ...InvitationFields\n      }\n    }\n    ... on SessionRequestEvent {\n      requestChange: change\n      request {\n        ...SessionRequestFields\n      }\n    }\n    ... on SessionEvent {\n      sessionChange: change\n      permissions\n      requestId\n      session {\n        ...SessionFields\n      }\n    }\n    ... on DeviceEvent {\n      deviceChange: change\n      device {\n        id\n        address\n        addressGrouped\n        alias\n        name\n        online\n      }\n    }\n    ... on LicenceEvent {\n      licenceChange: change\n      licence {\n        id\n        product\n        edition\n        seats\n        status\n        expiresAt\n      }\n    }\n    ... on StreamResetEvent {\n      reason\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DeviceEvents($after: Cursor) {\n    deviceEvents(after: $after) {\n      ...EventFields\n    }\n  }\n"): (typeof documents)["\n  subscription DeviceEvents($after: Cursor) {\n    deviceEvents(after: $after) {\n      ...EventFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AccountEvents($after: Cursor) {\n    accountEvents(after: $after) {\n      ...EventFields\n    }\n  }\n"): (typeof documents)["\n  subscription AccountEvents($after: Cursor) {\n    accountEvents(after: $after) {\n      ...EventFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SessionEvents($id: ID!, $after: Cursor) {\n    sessionEvents(id: $id, after: $after) {\n      ...EventFields\n    }\n  }\n"): (typeof documents)["\n  subscription SessionEvents($id: ID!, $after: Cursor) {\n    sessionEvents(id: $id, after: $after) {\n      ...EventFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceCursor {\n    viewer {\n      device {\n        eventCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceCursor {\n    viewer {\n      device {\n        eventCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountCursor {\n    viewer {\n      account {\n        eventCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccountCursor {\n    viewer {\n      account {\n        eventCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SessionCursor($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SupportSession {\n        eventCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query SessionCursor($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SupportSession {\n        eventCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment InvitationFields on DirectInvitation {\n    __typename\n    id\n    inviter {\n      address\n      addressGrouped\n      alias\n    }\n    recipient {\n      address\n      addressGrouped\n      alias\n    }\n    profileName\n    permissions\n    note\n    revision\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment InvitationFields on DirectInvitation {\n    __typename\n    id\n    inviter {\n      address\n      addressGrouped\n      alias\n    }\n    recipient {\n      address\n      addressGrouped\n      alias\n    }\n    profileName\n    permissions\n    note\n    revision\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SessionRequestFields on SessionRequest {\n    __typename\n    id\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n"): (typeof documents)["\n  fragment SessionRequestFields on SessionRequest {\n    __typename\n    id\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    status\n    createdAt\n    expiresAt\n    session {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SessionFields on SupportSession {\n    __typename\n    id\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    permissions\n    startedAt\n    endedAt\n    endReason\n    durationSeconds\n  }\n"): (typeof documents)["\n  fragment SessionFields on SupportSession {\n    __typename\n    id\n    host {\n      address\n      addressGrouped\n      alias\n    }\n    guest {\n      address\n      addressGrouped\n      alias\n    }\n    permissions\n    startedAt\n    endedAt\n    endReason\n    durationSeconds\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RefusalFields on UserError {\n    __typename\n    code\n    message\n    path\n  }\n"): (typeof documents)["\n  fragment RefusalFields on UserError {\n    __typename\n    code\n    message\n    path\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation InviteDevice($input: InviteDeviceInput!) {\n    inviteDevice(input: $input) {\n      ... on InviteDevicePayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation InviteDevice($input: InviteDeviceInput!) {\n    inviteDevice(input: $input) {\n      ... on InviteDevicePayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ModifyInvitation($input: ModifyInvitationInput!) {\n    modifyInvitation(input: $input) {\n      ... on ModifyInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ModifyInvitation($input: ModifyInvitationInput!) {\n    modifyInvitation(input: $input) {\n      ... on ModifyInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelInvitation($input: CancelInvitationInput!) {\n    cancelInvitation(input: $input) {\n      ... on CancelInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation CancelInvitation($input: CancelInvitationInput!) {\n    cancelInvitation(input: $input) {\n      ... on CancelInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      ... on AcceptInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation AcceptInvitation($input: AcceptInvitationInput!) {\n    acceptInvitation(input: $input) {\n      ... on AcceptInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RejectInvitation($input: RejectInvitationInput!) {\n    rejectInvitation(input: $input) {\n      ... on RejectInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RejectInvitation($input: RejectInvitationInput!) {\n    rejectInvitation(input: $input) {\n      ... on RejectInvitationPayload {\n        invitation {\n          ...InvitationFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LicenceFields on Licence {\n    id\n    product\n    edition\n    seats\n    seatsUsed\n    status\n    purchaseEmail\n    issuedAt\n    expiresAt\n    holder {\n      name\n      email\n    }\n    activationLink {\n      status\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  fragment LicenceFields on Licence {\n    id\n    product\n    edition\n    seats\n    seatsUsed\n    status\n    purchaseEmail\n    issuedAt\n    expiresAt\n    holder {\n      name\n      email\n    }\n    activationLink {\n      status\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Licences($filter: LicenceFilter, $first: Int, $after: Cursor) {\n    licences(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...LicenceFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Licences($filter: LicenceFilter, $first: Int, $after: Cursor) {\n    licences(filter: $filter, first: $first, after: $after) {\n      nodes {\n        ...LicenceFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation IssueLicences($input: IssueLicencesInput!) {\n    issueLicences(input: $input) {\n      ... on IssueLicencesPayload {\n        licences {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation IssueLicences($input: IssueLicencesInput!) {\n    issueLicences(input: $input) {\n      ... on IssueLicencesPayload {\n        licences {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResendLicenceLink($input: ResendLicenceLinkInput!) {\n    resendLicenceLink(input: $input) {\n      ... on ResendLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ResendLicenceLink($input: ResendLicenceLinkInput!) {\n    resendLicenceLink(input: $input) {\n      ... on ResendLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeLicenceLink($input: RevokeLicenceLinkInput!) {\n    revokeLicenceLink(input: $input) {\n      ... on RevokeLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeLicenceLink($input: RevokeLicenceLinkInput!) {\n    revokeLicenceLink(input: $input) {\n      ... on RevokeLicenceLinkPayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SuspendLicence($input: SuspendLicenceInput!) {\n    suspendLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SuspendLicence($input: SuspendLicenceInput!) {\n    suspendLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeLicence($input: ResumeLicenceInput!) {\n    resumeLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeLicence($input: ResumeLicenceInput!) {\n    resumeLicence(input: $input) {\n      licence {\n        ...LicenceFields\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenewLicence($input: RenewLicenceInput!) {\n    renewLicence(input: $input) {\n      ... on RenewLicencePayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RenewLicence($input: RenewLicenceInput!) {\n    renewLicence(input: $input) {\n      ... on RenewLicencePayload {\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ActivateLicence($input: ActivateLicenceInput!) {\n    activateLicence(input: $input) {\n      ... on ActivateLicencePayload {\n        alreadyActive\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ActivateLicence($input: ActivateLicenceInput!) {\n    activateLicence(input: $input) {\n      ... on ActivateLicencePayload {\n        alreadyActive\n        licence {\n          ...LicenceFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServiceAssignments {\n    serviceAssignments {\n      activationId\n      service\n      state\n      generation\n      settings\n      fingerprint\n    }\n  }\n"): (typeof documents)["\n  query ServiceAssignments {\n    serviceAssignments {\n      activationId\n      service\n      state\n      generation\n      settings\n      fingerprint\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportServiceState($input: ReportServiceStateInput!) {\n    reportServiceState(input: $input) {\n      ... on ReportServiceStatePayload {\n        activation {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ReportServiceState($input: ReportServiceStateInput!) {\n    reportServiceState(input: $input) {\n      ... on ReportServiceStatePayload {\n        activation {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RaiseAlert($input: RaiseAlertInput!) {\n    raiseAlert(input: $input) {\n      ... on RaiseAlertPayload {\n        alert {\n          id\n          occurrences\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RaiseAlert($input: RaiseAlertInput!) {\n    raiseAlert(input: $input) {\n      ... on RaiseAlertPayload {\n        alert {\n          id\n          occurrences\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResolveAlert($input: ResolveAlertInput!) {\n    resolveAlert(input: $input) {\n      ... on ResolveAlertPayload {\n        alert {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ResolveAlert($input: ResolveAlertInput!) {\n    resolveAlert(input: $input) {\n      ... on ResolveAlertPayload {\n        alert {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UnresolvedAlerts($service: Service!) {\n    viewer {\n      device {\n        open: alerts(service: $service, state: OPEN, first: 100) {\n          nodes {\n            subject\n          }\n        }\n        acknowledged: alerts(service: $service, state: ACKNOWLEDGED, first: 100) {\n          nodes {\n            subject\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query UnresolvedAlerts($service: Service!) {\n    viewer {\n      device {\n        open: alerts(service: $service, state: OPEN, first: 100) {\n          nodes {\n            subject\n          }\n        }\n        acknowledged: alerts(service: $service, state: ACKNOWLEDGED, first: 100) {\n          nodes {\n            subject\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportSnapshot($input: ReportSnapshotInput!) {\n    reportSnapshot(input: $input) {\n      ... on ReportSnapshotPayload {\n        snapshot {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ReportSnapshot($input: ReportSnapshotInput!) {\n    reportSnapshot(input: $input) {\n      ... on ReportSnapshotPayload {\n        snapshot {\n          id\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportInventory($input: ReportInventoryInput!) {\n    reportInventory(input: $input) {\n      ... on ReportInventoryPayload {\n        changed\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ReportInventory($input: ReportInventoryInput!) {\n    reportInventory(input: $input) {\n      ... on ReportInventoryPayload {\n        changed\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RestoresToRun {\n    restoresToRun {\n      id\n      state\n      paths\n      snapshot {\n        reference\n      }\n    }\n  }\n"): (typeof documents)["\n  query RestoresToRun {\n    restoresToRun {\n      id\n      state\n      paths\n      snapshot {\n        reference\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReportRestore($input: ReportRestoreInput!) {\n    reportRestore(input: $input) {\n      ... on ReportRestorePayload {\n        restore {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ReportRestore($input: ReportRestoreInput!) {\n    reportRestore(input: $input) {\n      ... on ReportRestorePayload {\n        restore {\n          id\n          state\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestSession($input: RequestSessionInput!) {\n    requestSession(input: $input) {\n      ... on RequestSessionPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RequestSession($input: RequestSessionInput!) {\n    requestSession(input: $input) {\n      ... on RequestSessionPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcceptSessionRequest($input: AcceptSessionRequestInput!) {\n    acceptSessionRequest(input: $input) {\n      ... on AcceptSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation AcceptSessionRequest($input: AcceptSessionRequestInput!) {\n    acceptSessionRequest(input: $input) {\n      ... on AcceptSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DismissSessionRequest($input: DismissSessionRequestInput!) {\n    dismissSessionRequest(input: $input) {\n      ... on DismissSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation DismissSessionRequest($input: DismissSessionRequestInput!) {\n    dismissSessionRequest(input: $input) {\n      ... on DismissSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WithdrawSessionRequest($input: WithdrawSessionRequestInput!) {\n    withdrawSessionRequest(input: $input) {\n      ... on WithdrawSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation WithdrawSessionRequest($input: WithdrawSessionRequestInput!) {\n    withdrawSessionRequest(input: $input) {\n      ... on WithdrawSessionRequestPayload {\n        request {\n          ...SessionRequestFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {\n    changeSessionPermissions(input: $input) {\n      ... on ChangeSessionPermissionsPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeSessionPermissions($input: ChangeSessionPermissionsInput!) {\n    changeSessionPermissions(input: $input) {\n      ... on ChangeSessionPermissionsPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on EndSessionPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation EndSession($input: EndSessionInput!) {\n    endSession(input: $input) {\n      ... on EndSessionPayload {\n        session {\n          ...SessionFields\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RequestSessionPermissions($input: RequestSessionPermissionsInput!) {\n    requestSessionPermissions(input: $input) {\n      ... on RequestSessionPermissionsPayload {\n        request {\n          id\n          permissions\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation RequestSessionPermissions($input: RequestSessionPermissionsInput!) {\n    requestSessionPermissions(input: $input) {\n      ... on RequestSessionPermissionsPayload {\n        request {\n          id\n          permissions\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AnswerPermissionRequest($input: AnswerPermissionRequestInput!) {\n    answerPermissionRequest(input: $input) {\n      ... on AnswerPermissionRequestPayload {\n        request {\n          id\n          permissions\n          status\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"): (typeof documents)["\n  mutation AnswerPermissionRequest($input: AnswerPermissionRequestInput!) {\n    answerPermissionRequest(input: $input) {\n      ... on AnswerPermissionRequestPayload {\n        request {\n          id\n          permissions\n          status\n        }\n      }\n      ...RefusalFields\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;