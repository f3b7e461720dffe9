import { vi } from 'vitest';
import type { TokenSource } from '../../src/client/options';
import { registerOnce } from '../../src/client/registerOnce';
import { roomOf, type SubjectRoom } from '../../src/client/subject';
import { manualBackend } from './manualBackend';

/** A room in which the server has just read that there is no record, so that a registration is one POST. */
export function openRegistration() {
  const backend = manualBackend();
  const room = roomOf(backend.target);
  const register = (source?: TokenSource, hasLooked = true) => registerOnce(room, backend.target, source, hasLooked);
  return { ...backend, room, register, lock: `kyc-reuse-gate ${room.name}` };
}

/** A gate of the room, as far as the room is concerned. */
export function watch(room: SubjectRoom): () => void {
  const gate = () => {};
  room.gates.add(gate);
  return () => void room.gates.delete(gate);
}

/** The browser says that there is no network, or that there is one again. */
export function beOnline(isOnline: boolean): void {
  vi.spyOn(Navigator.prototype, 'onLine', 'get').mockReturnValue(isOnline);
  dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

/** Coinflow took the token, and nobody asked further. */
export const accepted = () => Response.json({}, { status: 202 });
