
      export type PossibleTypesResultData = {
  "possibleTypes": {
    "AcceptInvitationResult": [
      "AcceptInvitationPayload",
      "NotPending",
      "RevisionOutdated"
    ],
    "AcceptMemberInvitationResult": [
      "AcceptMemberInvitationPayload",
      "AlreadyTaken",
      "InvalidInput",
      "LinkRefused"
    ],
    "AcceptSessionRequestResult": [
      "AcceptSessionRequestPayload",
      "InvalidInput",
      "NotPending",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "AcknowledgeAlertsResult": [
      "AcknowledgeAlertsPayload",
      "InvalidInput"
    ],
    "ActivateLicenceResult": [
      "ActivateLicencePayload",
      "AlreadyTaken",
      "InvalidInput",
      "LicenceRefused"
    ],
    "ActivateServiceResult": [
      "ActivateServicePayload",
      "InvalidInput"
    ],
    "AddAddressBookEntryResult": [
      "AddAddressBookEntryPayload",
      "AddressRefused",
      "AlreadyTaken",
      "InvalidInput"
    ],
    "AddDevicesToGroupResult": [
      "AddDevicesToGroupPayload",
      "InvalidInput"
    ],
    "AddFavouriteResult": [
      "AddFavouritePayload",
      "AddressRefused",
      "InvalidInput"
    ],
    "AffectedDevicesResult": [
      "AffectedDeviceConnection",
      "InvalidInput",
      "SettingsRefused"
    ],
    "AnswerPermissionRequestResult": [
      "AnswerPermissionRequestPayload",
      "InvalidInput",
      "NotPending",
      "PermissionsLocked",
      "SessionEnded"
    ],
    "AssignPolicyResult": [
      "AssignPolicyPayload",
      "InvalidInput"
    ],
    "AssignRoleResult": [
      "AssignRolePayload",
      "LastAdministrator"
    ],
    "CancelInvitationResult": [
      "CancelInvitationPayload",
      "NotPending"
    ],
    "CancelRestoreResult": [
      "CancelRestorePayload",
      "NotPending"
    ],
    "ChangePasswordResult": [
      "ChangePasswordPayload",
      "InvalidInput",
      "SignInRefused"
    ],
    "ChangeSessionPermissionsResult": [
      "ChangeSessionPermissionsPayload",
      "InvalidInput",
      "PermissionsLocked",
      "SessionEnded"
    ],
    "CompleteSignInResult": [
      "CompleteSignInPayload",
      "SignInRefused"
    ],
    "ConfirmSecondFactorResult": [
      "ConfirmSecondFactorPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "Contact": [
      "AddressBookEntry",
      "DiscoveredDevice",
      "Favourite",
      "RecentSession"
    ],
    "CreateAddressBookResult": [
      "CreateAddressBookPayload",
      "InvalidInput"
    ],
    "CreateApiTokenResult": [
      "CreateApiTokenPayload",
      "InvalidInput"
    ],
    "CreateCompanyResult": [
      "AlreadyTaken",
      "CreateCompanyPayload",
      "InvalidInput"
    ],
    "CreateDeviceGroupResult": [
      "AlreadyTaken",
      "CreateDeviceGroupPayload",
      "InvalidInput"
    ],
    "CreateEnrolmentCodeResult": [
      "CreateEnrolmentCodePayload",
      "InvalidInput"
    ],
    "CreatePermissionProfileResult": [
      "AlreadyTaken",
      "CreatePermissionProfilePayload",
      "InvalidInput"
    ],
    "CreatePolicyResult": [
      "AlreadyTaken",
      "CreatePolicyPayload",
      "InvalidInput",
      "SettingsRefused"
    ],
    "CreateRoleResult": [
      "AlreadyTaken",
      "CreateRolePayload",
      "InvalidInput"
    ],
    "CreateWebhookResult": [
      "CreateWebhookPayload",
      "InvalidInput"
    ],
    "DeactivateServiceResult": [
      "DeactivateServicePayload",
      "InvalidInput"
    ],
    "DeleteRoleResult": [
      "DeleteRolePayload",
      "RoleRefused"
    ],
    "DisableSecondFactorResult": [
      "DisableSecondFactorPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "DismissSessionRequestResult": [
      "DismissSessionRequestPayload",
      "NotPending"
    ],
    "EndSessionResult": [
      "EndSessionPayload",
      "SessionEnded"
    ],
    "EnrolDeviceResult": [
      "EnrolDevicePayload",
      "EnrolmentRefused"
    ],
    "Event": [
      "AlertEvent",
      "DeviceEvent",
      "InvitationEvent",
      "LicenceEvent",
      "OtherEvent",
      "PolicyEvent",
      "RestoreEvent",
      "ServiceEvent",
      "SessionEvent",
      "SessionRequestEvent",
      "StreamResetEvent"
    ],
    "Invitation": [
      "DirectInvitation",
      "EmailInvitation"
    ],
    "InviteDeviceResult": [
      "AddressRefused",
      "ClientNotSupported",
      "InvalidInput",
      "InviteDevicePayload",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "InviteMemberResult": [
      "AlreadyTaken",
      "InvalidInput",
      "InviteMemberPayload"
    ],
    "IssueLicencesResult": [
      "InvalidInput",
      "IssueLicencesPayload"
    ],
    "LeaveCompanyResult": [
      "LastAdministrator",
      "LeaveCompanyPayload"
    ],
    "ModifyInvitationResult": [
      "InvalidInput",
      "ModifyInvitationPayload",
      "NotPending",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "Node": [
      "Account",
      "AddressBook",
      "AddressBookEntry",
      "Alert",
      "ApiToken",
      "AuthSession",
      "BackupSnapshot",
      "Company",
      "Device",
      "DeviceGroup",
      "DirectInvitation",
      "EmailInvitation",
      "EnrolmentCode",
      "Licence",
      "Member",
      "MemberInvitation",
      "PermissionProfile",
      "PermissionRequest",
      "Policy",
      "RestoreRequest",
      "Role",
      "ServiceActivation",
      "SessionRequest",
      "SupportSession",
      "Webhook"
    ],
    "PassOnBackupResult": [
      "BackupRefused",
      "PassOnBackupPayload"
    ],
    "PolicySettings": [
      "AssetManagementSettings",
      "BackupSettings",
      "EndpointProtectionSettings",
      "MonitoringSettings",
      "PatchManagementSettings",
      "WebMonitoringSettings"
    ],
    "PolicyTarget": [
      "Device",
      "DeviceGroup"
    ],
    "PrepareEmailInvitationResult": [
      "ClientNotSupported",
      "InvalidInput",
      "PrepareEmailInvitationPayload"
    ],
    "RaiseAlertResult": [
      "InvalidInput",
      "RaiseAlertPayload"
    ],
    "RedeliverWebhookResult": [
      "InvalidInput",
      "RedeliverWebhookPayload"
    ],
    "RegisterDeviceResult": [
      "InvalidInput",
      "RegisterDevicePayload"
    ],
    "RejectInvitationResult": [
      "NotPending",
      "RejectInvitationPayload"
    ],
    "RemoveDevicesFromGroupResult": [
      "InvalidInput",
      "RemoveDevicesFromGroupPayload"
    ],
    "RemoveFavouriteResult": [
      "AddressRefused",
      "RemoveFavouritePayload"
    ],
    "RemoveMemberResult": [
      "LastAdministrator",
      "RemoveMemberPayload"
    ],
    "RemovePermissionProfileResult": [
      "ProfileRefused",
      "RemovePermissionProfilePayload"
    ],
    "RemovePolicyResult": [
      "PolicyInUse",
      "RemovePolicyPayload"
    ],
    "RemoveRoleResult": [
      "LastAdministrator",
      "RemoveRolePayload"
    ],
    "RenameDeviceGroupResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RenameDeviceGroupPayload"
    ],
    "RenamePolicyResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RenamePolicyPayload"
    ],
    "RenewLicenceResult": [
      "InvalidInput",
      "RenewLicencePayload"
    ],
    "RenewRecoveryCodesResult": [
      "RenewRecoveryCodesPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "ReportDiscoveryResult": [
      "AddressRefused",
      "DiscoveryOff",
      "InvalidInput",
      "ReportDiscoveryPayload"
    ],
    "ReportInventoryResult": [
      "InvalidInput",
      "ReportInventoryPayload"
    ],
    "ReportRestoreResult": [
      "InvalidInput",
      "NotPending",
      "ReportRestorePayload"
    ],
    "ReportServiceStateResult": [
      "InvalidInput",
      "ReportServiceStatePayload",
      "ServiceReportRefused"
    ],
    "ReportSnapshotResult": [
      "BackupRefused",
      "InvalidInput",
      "ReportSnapshotPayload"
    ],
    "RequestPasswordResetResult": [
      "InvalidInput",
      "RequestPasswordResetPayload"
    ],
    "RequestRestoreResult": [
      "BackupRefused",
      "InvalidInput",
      "RequestRestorePayload"
    ],
    "RequestSessionPermissionsResult": [
      "InvalidInput",
      "RequestSessionPermissionsPayload",
      "SessionEnded"
    ],
    "RequestSessionResult": [
      "AddressRefused",
      "InvalidInput",
      "RequestSessionPayload"
    ],
    "RequestVerificationResult": [
      "InvalidInput",
      "RequestVerificationPayload"
    ],
    "ResendLicenceLinkResult": [
      "LicenceRefused",
      "ResendLicenceLinkPayload"
    ],
    "ResetPasswordResult": [
      "InvalidInput",
      "LinkRefused",
      "ResetPasswordPayload"
    ],
    "ResolveAlertResult": [
      "InvalidInput",
      "ResolveAlertPayload"
    ],
    "RestorePolicyVersionResult": [
      "RestorePolicyVersionPayload",
      "SettingsRefused",
      "VersionOutdated"
    ],
    "RevokeLicenceLinkResult": [
      "LicenceRefused",
      "RevokeLicenceLinkPayload"
    ],
    "RevokeMemberInvitationResult": [
      "LinkRefused",
      "RevokeMemberInvitationPayload"
    ],
    "SendEmailInvitationResult": [
      "InvalidInput",
      "SendEmailInvitationPayload"
    ],
    "SetDeviceAliasResult": [
      "AlreadyTaken",
      "InvalidInput",
      "SetDeviceAliasPayload"
    ],
    "SetUpSecondFactorResult": [
      "SecondFactorRefused",
      "SetUpSecondFactorPayload",
      "SignInRefused"
    ],
    "SignInResult": [
      "InvalidInput",
      "SecondFactorNeeded",
      "SignInPayload",
      "SignInRefused"
    ],
    "SignUpResult": [
      "CaptchaRefused",
      "InvalidInput",
      "LinkRefused",
      "SignUpPayload"
    ],
    "UnassignPolicyResult": [
      "InvalidInput",
      "UnassignPolicyPayload"
    ],
    "UpdateAccountResult": [
      "InvalidInput",
      "UpdateAccountPayload"
    ],
    "UpdateAddressBookEntryResult": [
      "InvalidInput",
      "UpdateAddressBookEntryPayload"
    ],
    "UpdateAddressBookResult": [
      "InvalidInput",
      "UpdateAddressBookPayload"
    ],
    "UpdateCompanyResult": [
      "InvalidInput",
      "SecondFactorRefused",
      "UpdateCompanyPayload"
    ],
    "UpdateDeviceResult": [
      "InvalidInput",
      "UpdateDevicePayload"
    ],
    "UpdateDeviceSettingsResult": [
      "InvalidInput",
      "UpdateDeviceSettingsPayload"
    ],
    "UpdatePermissionProfileResult": [
      "AlreadyTaken",
      "InvalidInput",
      "UpdatePermissionProfilePayload"
    ],
    "UpdatePolicyResult": [
      "InvalidInput",
      "SettingsRefused",
      "UpdatePolicyPayload",
      "VersionOutdated"
    ],
    "UpdateRoleResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RoleRefused",
      "UpdateRolePayload"
    ],
    "UpdateWebhookResult": [
      "InvalidInput",
      "UpdateWebhookPayload"
    ],
    "UserError": [
      "AddressRefused",
      "AlreadyTaken",
      "BackupRefused",
      "CaptchaRefused",
      "ClientNotSupported",
      "DiscoveryOff",
      "EnrolmentRefused",
      "InvalidInput",
      "LastAdministrator",
      "LicenceRefused",
      "LinkRefused",
      "NotPending",
      "PermissionsLocked",
      "PolicyInUse",
      "ProfileRefused",
      "RevisionOutdated",
      "RoleRefused",
      "SecondFactorNeeded",
      "SecondFactorRefused",
      "ServiceReportRefused",
      "SessionEnded",
      "SettingsRefused",
      "SignInRefused",
      "VersionOutdated"
    ],
    "VerifyEmailResult": [
      "LinkRefused",
      "VerifyEmailPayload"
    ],
    "WithdrawSessionRequestResult": [
      "NotPending",
      "WithdrawSessionRequestPayload"
    ]
  }
};
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "AcceptInvitationResult": [
      "AcceptInvitationPayload",
      "NotPending",
      "RevisionOutdated"
    ],
    "AcceptMemberInvitationResult": [
      "AcceptMemberInvitationPayload",
      "AlreadyTaken",
      "InvalidInput",
      "LinkRefused"
    ],
    "AcceptSessionRequestResult": [
      "AcceptSessionRequestPayload",
      "InvalidInput",
      "NotPending",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "AcknowledgeAlertsResult": [
      "AcknowledgeAlertsPayload",
      "InvalidInput"
    ],
    "ActivateLicenceResult": [
      "ActivateLicencePayload",
      "AlreadyTaken",
      "InvalidInput",
      "LicenceRefused"
    ],
    "ActivateServiceResult": [
      "ActivateServicePayload",
      "InvalidInput"
    ],
    "AddAddressBookEntryResult": [
      "AddAddressBookEntryPayload",
      "AddressRefused",
      "AlreadyTaken",
      "InvalidInput"
    ],
    "AddDevicesToGroupResult": [
      "AddDevicesToGroupPayload",
      "InvalidInput"
    ],
    "AddFavouriteResult": [
      "AddFavouritePayload",
      "AddressRefused",
      "InvalidInput"
    ],
    "AffectedDevicesResult": [
      "AffectedDeviceConnection",
      "InvalidInput",
      "SettingsRefused"
    ],
    "AnswerPermissionRequestResult": [
      "AnswerPermissionRequestPayload",
      "InvalidInput",
      "NotPending",
      "PermissionsLocked",
      "SessionEnded"
    ],
    "AssignPolicyResult": [
      "AssignPolicyPayload",
      "InvalidInput"
    ],
    "AssignRoleResult": [
      "AssignRolePayload",
      "LastAdministrator"
    ],
    "CancelInvitationResult": [
      "CancelInvitationPayload",
      "NotPending"
    ],
    "CancelRestoreResult": [
      "CancelRestorePayload",
      "NotPending"
    ],
    "ChangePasswordResult": [
      "ChangePasswordPayload",
      "InvalidInput",
      "SignInRefused"
    ],
    "ChangeSessionPermissionsResult": [
      "ChangeSessionPermissionsPayload",
      "InvalidInput",
      "PermissionsLocked",
      "SessionEnded"
    ],
    "CompleteSignInResult": [
      "CompleteSignInPayload",
      "SignInRefused"
    ],
    "ConfirmSecondFactorResult": [
      "ConfirmSecondFactorPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "Contact": [
      "AddressBookEntry",
      "DiscoveredDevice",
      "Favourite",
      "RecentSession"
    ],
    "CreateAddressBookResult": [
      "CreateAddressBookPayload",
      "InvalidInput"
    ],
    "CreateApiTokenResult": [
      "CreateApiTokenPayload",
      "InvalidInput"
    ],
    "CreateCompanyResult": [
      "AlreadyTaken",
      "CreateCompanyPayload",
      "InvalidInput"
    ],
    "CreateDeviceGroupResult": [
      "AlreadyTaken",
      "CreateDeviceGroupPayload",
      "InvalidInput"
    ],
    "CreateEnrolmentCodeResult": [
      "CreateEnrolmentCodePayload",
      "InvalidInput"
    ],
    "CreatePermissionProfileResult": [
      "AlreadyTaken",
      "CreatePermissionProfilePayload",
      "InvalidInput"
    ],
    "CreatePolicyResult": [
      "AlreadyTaken",
      "CreatePolicyPayload",
      "InvalidInput",
      "SettingsRefused"
    ],
    "CreateRoleResult": [
      "AlreadyTaken",
      "CreateRolePayload",
      "InvalidInput"
    ],
    "CreateWebhookResult": [
      "CreateWebhookPayload",
      "InvalidInput"
    ],
    "DeactivateServiceResult": [
      "DeactivateServicePayload",
      "InvalidInput"
    ],
    "DeleteRoleResult": [
      "DeleteRolePayload",
      "RoleRefused"
    ],
    "DisableSecondFactorResult": [
      "DisableSecondFactorPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "DismissSessionRequestResult": [
      "DismissSessionRequestPayload",
      "NotPending"
    ],
    "EndSessionResult": [
      "EndSessionPayload",
      "SessionEnded"
    ],
    "EnrolDeviceResult": [
      "EnrolDevicePayload",
      "EnrolmentRefused"
    ],
    "Event": [
      "AlertEvent",
      "DeviceEvent",
      "InvitationEvent",
      "LicenceEvent",
      "OtherEvent",
      "PolicyEvent",
      "RestoreEvent",
      "ServiceEvent",
      "SessionEvent",
      "SessionRequestEvent",
      "StreamResetEvent"
    ],
    "Invitation": [
      "DirectInvitation",
      "EmailInvitation"
    ],
    "InviteDeviceResult": [
      "AddressRefused",
      "ClientNotSupported",
      "InvalidInput",
      "InviteDevicePayload",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "InviteMemberResult": [
      "AlreadyTaken",
      "InvalidInput",
      "InviteMemberPayload"
    ],
    "IssueLicencesResult": [
      "InvalidInput",
      "IssueLicencesPayload"
    ],
    "LeaveCompanyResult": [
      "LastAdministrator",
      "LeaveCompanyPayload"
    ],
    "ModifyInvitationResult": [
      "InvalidInput",
      "ModifyInvitationPayload",
      "NotPending",
      "PermissionsLocked",
      "ProfileRefused"
    ],
    "Node": [
      "Account",
      "AddressBook",
      "AddressBookEntry",
      "Alert",
      "ApiToken",
      "AuthSession",
      "BackupSnapshot",
      "Company",
      "Device",
      "DeviceGroup",
      "DirectInvitation",
      "EmailInvitation",
      "EnrolmentCode",
      "Licence",
      "Member",
      "MemberInvitation",
      "PermissionProfile",
      "PermissionRequest",
      "Policy",
      "RestoreRequest",
      "Role",
      "ServiceActivation",
      "SessionRequest",
      "SupportSession",
      "Webhook"
    ],
    "PassOnBackupResult": [
      "BackupRefused",
      "PassOnBackupPayload"
    ],
    "PolicySettings": [
      "AssetManagementSettings",
      "BackupSettings",
      "EndpointProtectionSettings",
      "MonitoringSettings",
      "PatchManagementSettings",
      "WebMonitoringSettings"
    ],
    "PolicyTarget": [
      "Device",
      "DeviceGroup"
    ],
    "PrepareEmailInvitationResult": [
      "ClientNotSupported",
      "InvalidInput",
      "PrepareEmailInvitationPayload"
    ],
    "RaiseAlertResult": [
      "InvalidInput",
      "RaiseAlertPayload"
    ],
    "RedeliverWebhookResult": [
      "InvalidInput",
      "RedeliverWebhookPayload"
    ],
    "RegisterDeviceResult": [
      "InvalidInput",
      "RegisterDevicePayload"
    ],
    "RejectInvitationResult": [
      "NotPending",
      "RejectInvitationPayload"
    ],
    "RemoveDevicesFromGroupResult": [
      "InvalidInput",
      "RemoveDevicesFromGroupPayload"
    ],
    "RemoveFavouriteResult": [
      "AddressRefused",
      "RemoveFavouritePayload"
    ],
    "RemoveMemberResult": [
      "LastAdministrator",
      "RemoveMemberPayload"
    ],
    "RemovePermissionProfileResult": [
      "ProfileRefused",
      "RemovePermissionProfilePayload"
    ],
    "RemovePolicyResult": [
      "PolicyInUse",
      "RemovePolicyPayload"
    ],
    "RemoveRoleResult": [
      "LastAdministrator",
      "RemoveRolePayload"
    ],
    "RenameDeviceGroupResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RenameDeviceGroupPayload"
    ],
    "RenamePolicyResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RenamePolicyPayload"
    ],
    "RenewLicenceResult": [
      "InvalidInput",
      "RenewLicencePayload"
    ],
    "RenewRecoveryCodesResult": [
      "RenewRecoveryCodesPayload",
      "SecondFactorRefused",
      "SignInRefused"
    ],
    "ReportDiscoveryResult": [
      "AddressRefused",
      "DiscoveryOff",
      "InvalidInput",
      "ReportDiscoveryPayload"
    ],
    "ReportInventoryResult": [
      "InvalidInput",
      "ReportInventoryPayload"
    ],
    "ReportRestoreResult": [
      "InvalidInput",
      "NotPending",
      "ReportRestorePayload"
    ],
    "ReportServiceStateResult": [
      "InvalidInput",
      "ReportServiceStatePayload",
      "ServiceReportRefused"
    ],
    "ReportSnapshotResult": [
      "BackupRefused",
      "InvalidInput",
      "ReportSnapshotPayload"
    ],
    "RequestPasswordResetResult": [
      "InvalidInput",
      "RequestPasswordResetPayload"
    ],
    "RequestRestoreResult": [
      "BackupRefused",
      "InvalidInput",
      "RequestRestorePayload"
    ],
    "RequestSessionPermissionsResult": [
      "InvalidInput",
      "RequestSessionPermissionsPayload",
      "SessionEnded"
    ],
    "RequestSessionResult": [
      "AddressRefused",
      "InvalidInput",
      "RequestSessionPayload"
    ],
    "RequestVerificationResult": [
      "InvalidInput",
      "RequestVerificationPayload"
    ],
    "ResendLicenceLinkResult": [
      "LicenceRefused",
      "ResendLicenceLinkPayload"
    ],
    "ResetPasswordResult": [
      "InvalidInput",
      "LinkRefused",
      "ResetPasswordPayload"
    ],
    "ResolveAlertResult": [
      "InvalidInput",
      "ResolveAlertPayload"
    ],
    "RestorePolicyVersionResult": [
      "RestorePolicyVersionPayload",
      "SettingsRefused",
      "VersionOutdated"
    ],
    "RevokeLicenceLinkResult": [
      "LicenceRefused",
      "RevokeLicenceLinkPayload"
    ],
    "RevokeMemberInvitationResult": [
      "LinkRefused",
      "RevokeMemberInvitationPayload"
    ],
    "SendEmailInvitationResult": [
      "InvalidInput",
      "SendEmailInvitationPayload"
    ],
    "SetDeviceAliasResult": [
      "AlreadyTaken",
      "InvalidInput",
      "SetDeviceAliasPayload"
    ],
    "SetUpSecondFactorResult": [
      "SecondFactorRefused",
      "SetUpSecondFactorPayload",
      "SignInRefused"
    ],
    "SignInResult": [
      "InvalidInput",
      "SecondFactorNeeded",
      "SignInPayload",
      "SignInRefused"
    ],
    "SignUpResult": [
      "CaptchaRefused",
      "InvalidInput",
      "LinkRefused",
      "SignUpPayload"
    ],
    "UnassignPolicyResult": [
      "InvalidInput",
      "UnassignPolicyPayload"
    ],
    "UpdateAccountResult": [
      "InvalidInput",
      "UpdateAccountPayload"
    ],
    "UpdateAddressBookEntryResult": [
      "InvalidInput",
      "UpdateAddressBookEntryPayload"
    ],
    "UpdateAddressBookResult": [
      "InvalidInput",
      "UpdateAddressBookPayload"
    ],
    "UpdateCompanyResult": [
      "InvalidInput",
      "SecondFactorRefused",
      "UpdateCompanyPayload"
    ],
    "UpdateDeviceResult": [
      "InvalidInput",
      "UpdateDevicePayload"
    ],
    "UpdateDeviceSettingsResult": [
      "InvalidInput",
      "UpdateDeviceSettingsPayload"
    ],
    "UpdatePermissionProfileResult": [
      "AlreadyTaken",
      "InvalidInput",
      "UpdatePermissionProfilePayload"
    ],
    "UpdatePolicyResult": [
      "InvalidInput",
      "SettingsRefused",
      "UpdatePolicyPayload",
      "VersionOutdated"
    ],
    "UpdateRoleResult": [
      "AlreadyTaken",
      "InvalidInput",
      "RoleRefused",
      "UpdateRolePayload"
    ],
    "UpdateWebhookResult": [
      "InvalidInput",
      "UpdateWebhookPayload"
    ],
    "UserError": [
      "AddressRefused",
      "AlreadyTaken",
      "BackupRefused",
      "CaptchaRefused",
      "ClientNotSupported",
      "DiscoveryOff",
      "EnrolmentRefused",
      "InvalidInput",
      "LastAdministrator",
      "LicenceRefused",
      "LinkRefused",
      "NotPending",
      "PermissionsLocked",
      "PolicyInUse",
      "ProfileRefused",
      "RevisionOutdated",
      "RoleRefused",
      "SecondFactorNeeded",
      "SecondFactorRefused",
      "ServiceReportRefused",
      "SessionEnded",
      "SettingsRefused",
      "SignInRefused",
      "VersionOutdated"
    ],
    "VerifyEmailResult": [
      "LinkRefused",
      "VerifyEmailPayload"
    ],
    "WithdrawSessionRequestResult": [
      "NotPending",
      "WithdrawSessionRequestPayload"
    ]
  }
};
      export default result;
    