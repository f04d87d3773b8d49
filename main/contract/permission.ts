import { z } from 'zod'
import { type Permission as PermissionName, permissions, roles } from './roles.ts'

export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const Permission = z.enum(
  Object.keys(permissions).filter((name): name is PermissionName => name in permissions),
)
export type Permission = z.infer<typeof Permission>
