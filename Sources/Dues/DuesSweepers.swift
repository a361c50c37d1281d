import Core
import Storage

/// What is deleted each night: reminders that are over, and the calendars of accounts that were
/// disabled. Until then they are not found, and an account enabled again the same day has them
/// back.
let duesSweepers = [
    Sweeper("due_feed") { db, _ in
        try db.execute(
            """
            DELETE FROM due_feed WHERE account_id IN (
                SELECT a.id FROM account a WHERE a.disabled_at IS NOT NULL)
            """)
    },
    Sweeper("due_reminder") { db, moment in try DueReminderStore(db).sweep(at: moment) },
]
