import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { phoneDatabaseName } from '../../accounts/phoneMemory'
import type { QueuedCommand } from '../queue/queuedCommand'

interface PhoneSchema extends DBSchema {
  /** Commands, by their id. */
  outbox: { key: string; value: QueuedCommand }
  /** What was shown last, drafts, names of the organisation: by name. */
  kept: { key: string; value: unknown }
}

export type PhoneDatabase = IDBPDatabase<PhoneSchema>

/** What the phone keeps of one account. It is deleted as a whole when somebody signs out or another account signs in. */
export function openPhoneDatabase(name = phoneDatabaseName): Promise<PhoneDatabase> {
  return openDB<PhoneSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'id' })
      database.createObjectStore('kept')
    },
    // Deleting must not wait for a page that is open.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

export function deletePhoneDatabase(name = phoneDatabaseName): Promise<void> {
  return deleteDB(name)
}
