import { createProjection } from './0001-create-projection.ts'
import { keepReportsAndAlerts } from './0002-keep-reports-and-alerts.ts'

/** The SQL of each migration, in order; a file's `user_version` is the number of those that were applied. */
export const migrations: readonly string[] = [createProjection, keepReportsAndAlerts]
