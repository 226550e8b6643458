import { shownText } from './literal.ts'

/** The tenant's units, and the national province above them when it has a code of theirs, in the columns of a Units file. */
export function unitRows(tenantId: number): string {
  const code = (system: string, unit: string, tenant: string) => `(
    select c.code from unit_code c where c.unit_id = ${unit} and c.system = '${system}' and c.tenant_id ${tenant}
    order by c.valid_from desc nulls last, c.code limit 1)`
  const own = `= ${tenantId}`
  return `
    select u.id as don_vi, ${shownText(code('own', 'u.id', own))} as id_ngoai,
      ${shownText('(select n.name from unit_name n where n.unit_id = u.id order by n.valid_from desc nulls last limit 1)')} as ten,
      u.kind as loai, ${shownText(code('own', 'u.parent_id', own))} as ma_cha, ${code('h', 'u.id', own)} as ma_h,
      case when u.kind = 'province' then ${code('gso_province', 'u.id', 'is null')}
        else ${code('gso_province', 'u.parent_id', 'is null')} end as ma_tinh,
      ${code('gso_commune', 'u.id', own)} as ma_xa, u.valid_from as hieu_luc_tu, u.valid_to - 1 as hieu_luc_den
    from unit u
    where u.tenant_id = ${tenantId}
      or u.id in (select c.unit_id from unit_code c where c.tenant_id = ${tenantId} and c.system = 'own')
    order by u.id`
}
