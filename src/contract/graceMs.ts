/** After a POST with unknown outcome: how long GETs look for the record before a new token may be minted, in ms. The kit lets such a registration stand as long. */
export const graceMs = 10_000;
