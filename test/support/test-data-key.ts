/** The tests' key for tills' databases; a real one is made at random and lives in the keychain. */
export const testDataKey = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7 + 1))
