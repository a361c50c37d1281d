import Core
import Storage

/// What goes by itself each night: drafts that nobody came back to, and the notes of who decided
/// what waited.
package let entriesSweepers = [
    Sweeper("entry_draft") { db, now in
        let oldest = Moment(milliseconds: now.milliseconds - Draft.milliseconds)
        return try db.execute("DELETE FROM entry_draft WHERE saved_at <= \(oldest)")
    },
    Sweeper("entry_waiting") { db, now in
        let oldest = Moment(milliseconds: now.milliseconds - Waiting.milliseconds)
        return try db.execute(
            "DELETE FROM entry_waiting WHERE record_id IS NOT NULL AND decided_at <= \(oldest)")
    },
]
