/** Of serial scanners, in bits per second. 9600 is the factory setting of most, and USB scanners accept any. */
export const baudRates = [9600, 19_200, 38_400, 57_600, 115_200] as const
