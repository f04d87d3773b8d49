/** Adds the digest of each late booking (see `booking-digests.ts`). The program gives one to those that are there when it opens the file. */
export const bindBookings = `
ALTER TABLE late_booking ADD COLUMN mac BLOB;
`
