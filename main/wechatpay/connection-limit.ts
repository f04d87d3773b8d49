/** Per host and route: the counter sends one request at a time, the outbox a few. */
export const maxConnections = 4
