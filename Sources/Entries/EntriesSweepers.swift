import Core
import Storage

/// What is deleted each night: drafts and returned entries that nobody came back to, and the
/// notes of who decided what waited. What still waits stays: the writer said that it happened, and
/// it would be lost through somebody else's delay.
let entriesSweepers = [
    Sweeper("entry_draft") { db, now in
        let oldest = Moment(milliseconds: now.milliseconds - Draft.milliseconds)
        return try db.execute("DELETE FROM entry_draft WHERE saved_at <= \(oldest)")
    },
    Sweeper("entry_waiting") { db, now in
        let oldest = Moment(milliseconds: now.milliseconds - PendingEntry.milliseconds)
        // The names of the files go with it; the files, which are older, the same night.
        return try db.execute("DELETE FROM entry_waiting WHERE decided_at <= \(oldest)")
    },
]
