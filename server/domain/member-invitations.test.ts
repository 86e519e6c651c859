import { describe, expect, it } from 'vitest';
import { memberInvitations } from '../db/tables/companies.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany, buildDevice, type TestAccount } from '../testing/builders.ts';
import { mailsTo, tokenIn } from '../testing/people.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { getCompany } from './companies.ts';
import { joinOffer, listJoinOffers } from './join-offers.ts';
import {
  acceptMemberInvitation,
  getMemberInvitation,
  inviteMember,
  listMemberInvitations,
  MEMBER_INVITATION_TTL_MS,
  MEMBER_INVITATIONS_PER_DAY,
  memberInvitationStatusAt,
  revokeMemberInvitation,
} from './member-invitations.ts';
import { memberOf } from './members.ts';

const BEN = 'ben@example.test';

async function invited(app: TestApp, admin: TestAccount, email = BEN): Promise<{ id: string; token: string }> {
  app.clock.advance(1);
  const { id } = await inviteMember(admin.ctx, { email, role: 'USER' });
  return { id, token: tokenIn((await mailsTo(app, email))[0]) };
}

describe('inviting a colleague', () => {
  it('the mail goes out in the language of who gets it, else of who invites, and joining takes its link', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ben = await buildAccount(app, { email: 'Ben@example.test', language: 'fr' });
    const { token } = await invited(app, admin, 'ben@EXAMPLE.test');
    const [mail] = await mailsTo(app, 'ben@EXAMPLE.test');
    expect(mail?.subject).toContain('vous invite à rejoindre');
    expect(mail?.body).toContain(`http://beckon.test/join?token=${token}`);
    const member = await acceptMemberInvitation(ben.ctx, { token });
    expect(member).toMatchObject({ companyId, accountId: ben.account.id });
    await invited(app, admin, 'new@example.test');
    expect((await mailsTo(app, 'new@example.test'))[0]?.subject).toContain('invites you to');
  });

  it('the link tells everybody who has it what the mail tells, and whom it is for', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ben = await buildAccount(app, { email: 'Ben@example.test', verifiedAt: null });
    const { id, token } = await invited(app, admin);
    const anybody = app.as({ kind: 'anonymous' });
    const { name: companyName } = await getCompany(admin.ctx, companyId);
    const told = { companyName, invitedByName: admin.account.name, invitation: { id, email: BEN } };
    expect(await joinOffer(anybody, token)).toMatchObject({ ...told, isForViewer: false });
    expect(await joinOffer(ben.ctx, token)).toMatchObject({ ...told, isForViewer: true });
    expect(await joinOffer(admin.ctx, token)).toMatchObject({ ...told, isForViewer: false });
    for (const wrong of ['', token.slice(0, -1), '\u0000', 'x'.repeat(9_999)]) {
      expect(await joinOffer(anybody, wrong)).toBeNull();
    }
    await denialOf(joinOffer((await buildDevice(app)).ctx, token), 'FORBIDDEN');
    await revokeMemberInvitation(admin.ctx, { id });
    const revoked = await joinOffer(anybody, token);
    expect(revoked && memberInvitationStatusAt(revoked.invitation, app.clock.now())).toBe('REVOKED');
  });

  it('who has confirmed the address finds the invitation without its link, and joins by it; nobody else does', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ben = await buildAccount(app, { email: 'Ben@example.test' });
    const other = await buildAccount(app);
    const gone = await invited(app, admin);
    const { id, token } = await invited(app, admin);
    expect(await listJoinOffers(ben.ctx)).toMatchObject([{ invitation: { id }, isForViewer: true }]);
    expect(await listJoinOffers(other.ctx)).toEqual([]);
    const unverified = await buildAccount(app, { email: 'cleo@example.test', verifiedAt: null });
    await denialOf(listJoinOffers(unverified.ctx), 'EMAIL_NOT_VERIFIED');
    await refusalOf(acceptMemberInvitation(other.ctx, { invitationId: id }), 'LINK_UNKNOWN');
    await refusalOf(acceptMemberInvitation(ben.ctx, { invitationId: gone.id }), 'LINK_SPENT');
    await refusalOf(acceptMemberInvitation(ben.ctx, { invitationId: id, token }), 'CONTRADICTION');
    await refusalOf(acceptMemberInvitation(ben.ctx, {}), 'CONTRADICTION');
    expect(await acceptMemberInvitation(ben.ctx, { invitationId: id })).toMatchObject({ companyId });
    expect(await listJoinOffers(ben.ctx)).toEqual([]);
    await refusalOf(acceptMemberInvitation(ben.ctx, { token }), 'LINK_SPENT');
  });

  it('only administrators invite', async () => {
    const app = await testApp();
    const { companyId } = await buildCompany(app);
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    await denialOf(inviteMember(user.ctx, { email: BEN, role: 'USER' }), 'FORBIDDEN');
    await denialOf(inviteMember((await buildAccount(app)).ctx, { email: BEN, role: 'USER' }), 'FORBIDDEN');
  });

  it('a member is not invited again; somebody of another company is, and is told on joining', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { admin: ben } = await buildCompany(app);
    await refusalOf(inviteMember(admin.ctx, { email: admin.account.email, role: 'USER' }), 'ALREADY_MEMBER');
    const { token } = await invited(app, admin, ben.account.email);
    await refusalOf(acceptMemberInvitation(ben.ctx, { token }), 'OTHER_COMPANY');
    expect((await mailsTo(app, ben.account.email)).length).toBe(1);
  });

  it('only a hash of the link is stored', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { token } = await invited(app, admin);
    expect(JSON.stringify(await app.services.db.read.select().from(memberInvitations))).not.toContain(token);
  });

  it('one account invites a hundred times a day at most', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    for (let n = 0; n < MEMBER_INVITATIONS_PER_DAY; n++) {
      await refusalOf(inviteMember(admin.ctx, { email: admin.account.email, role: 'USER' }), 'ALREADY_MEMBER');
    }
    await denialOf(inviteMember(admin.ctx, { email: BEN, role: 'USER' }), 'TOO_MANY_REQUESTS');
  });
});

describe('accepting', () => {
  it('the link is bound to the address that it was sent to: for others it is unknown', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { token } = await invited(app, admin);
    const thief = await buildAccount(app);
    const foreign = await refusalOf(acceptMemberInvitation(thief.ctx, { token }), 'LINK_UNKNOWN');
    const unknown = await refusalOf(acceptMemberInvitation(thief.ctx, { token: 'bkn_lnk_unknown' }), 'LINK_UNKNOWN');
    expect({ ...foreign }).toEqual({ ...unknown });
  });

  it('an address must be verified before it counts', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const { token } = await invited(app, admin);
    const ben = await buildAccount(app, { email: BEN, verifiedAt: null });
    await denialOf(acceptMemberInvitation(ben.ctx, { token }), 'EMAIL_NOT_VERIFIED');
  });

  it('it works until, not at, seven days after it was sent', async () => {
    for (const [wait, works] of [
      [MEMBER_INVITATION_TTL_MS - 1, true],
      [MEMBER_INVITATION_TTL_MS, false],
      [MEMBER_INVITATION_TTL_MS + 1, false],
    ] as const) {
      const app = await testApp();
      const { admin } = await buildCompany(app);
      const ben = await buildAccount(app, { email: BEN });
      const { token } = await invited(app, admin);
      app.clock.advance(wait);
      if (works) await acceptMemberInvitation(ben.ctx, { token });
      else await refusalOf(acceptMemberInvitation(ben.ctx, { token }), 'LINK_EXPIRED');
    }
  });

  it('of accepting and revoking at once exactly one wins', async () => {
    const app = await testApp();
    for (let round = 0; round < 8; round++) {
      const { admin } = await buildCompany(app);
      const ben = await buildAccount(app);
      const { id, token } = await invited(app, admin, ben.account.email);
      const [accepted, revoked] = await Promise.allSettled([
        acceptMemberInvitation(ben.ctx, { token }),
        revokeMemberInvitation(admin.ctx, { id }),
      ]);
      expect([accepted.status, revoked.status].sort()).toEqual(['fulfilled', 'rejected']);
      const member = await memberOf(app.services.db.read, ben.account.id);
      expect(member !== null).toBe(accepted.status === 'fulfilled');
    }
  });

  it('it works once, and a newer one voids it', async () => {
    const app = await testApp();
    const { admin } = await buildCompany(app);
    const ben = await buildAccount(app, { email: BEN });
    const first = await invited(app, admin);
    const second = await invited(app, admin);
    await refusalOf(acceptMemberInvitation(ben.ctx, { token: first.token }), 'LINK_SPENT');
    await acceptMemberInvitation(ben.ctx, { token: second.token });
    await refusalOf(acceptMemberInvitation(ben.ctx, { token: second.token }), 'LINK_SPENT');
  });
});

describe('overseeing invitations', () => {
  it('administrators see the pending ones in pages and can take each back, also twice', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await invited(app, admin, `p${n}@example.test`)).id);
    const page = await listMemberInvitations(admin.ctx, { companyId, first: 2 });
    expect(page.rows).toHaveLength(2);
    expect(page.hasNext).toBe(true);
    const [id = ''] = ids;
    const revoked = await revokeMemberInvitation(admin.ctx, { id });
    expect(await revokeMemberInvitation(admin.ctx, { id })).toEqual(revoked);
    expect(await (await listMemberInvitations(admin.ctx, { companyId })).count()).toBe(2);
    expect(memberInvitationStatusAt(await getMemberInvitation(admin.ctx, id), app.clock.now())).toBe('REVOKED');
  });

  it('nobody else sees or revokes them', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const { id } = await invited(app, admin);
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    const { admin: stranger } = await buildCompany(app);
    await denialOf(listMemberInvitations(user.ctx, { companyId }), 'FORBIDDEN');
    await denialOf(revokeMemberInvitation(user.ctx, { id }), 'FORBIDDEN');
    await denialOf(listMemberInvitations(stranger.ctx, { companyId }), 'NOT_FOUND');
    await denialOf(revokeMemberInvitation(stranger.ctx, { id }), 'NOT_FOUND');
    await denialOf(getMemberInvitation(stranger.ctx, id), 'NOT_FOUND');
  });
});
