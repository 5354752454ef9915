import { roleNames, type Principal, type Role } from '@sajeon/access';
import { NotPermitted } from '@sajeon/domain';

/** For what is not a command and has no row in the table of permissions. @throws NotPermitted `role-required` */
export function onlyFor({ roles }: Principal, ...allowed: readonly Role[]): void {
  if (roles.some((role) => allowed.includes(role))) return;
  throw new NotPermitted('role-required', {
    ko: `이것을 볼 권한이 없습니다. ${roleNames(allowed)} 역할이 있어야 합니다.`,
    en: `You may not do this. It takes one of the roles ${allowed.join(', ')}.`,
  });
}
