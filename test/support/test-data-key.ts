/** The key of the tests' databases. A real one is random and kept in the keychain. */
export const testDataKey = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7 + 1))
