import Core
import Storage

/// What of rights is deleted in time: links from the window, answered requests, the logs of views.
let rightsSweepers = [
    Sweeper("verified_contact", keptBy: "verified_contact") { db, kept in
        try db.execute(
            """
            DELETE FROM verified_contact WHERE id IN (SELECT id FROM verified_contact
                WHERE COALESCE(used_at, issued_at) < \(kept)
                ORDER BY id LIMIT \(RightsLimits.rowsPerBatch))
            """)
    },
    Sweeper("rights_request", keptBy: "rights_request") { db, kept in
        let old = try db.rows(
            """
            SELECT id FROM rights_request
            WHERE state IN ('done', 'refused') AND changed_at < \(kept)
            ORDER BY id LIMIT \(RightsLimits.rowsPerBatch)
            """
        ).map { try $0.at(0, as: String.self) }
        try db.execute("DELETE FROM rights_step WHERE request_id IN (\(values: old))")
        return try db.execute("DELETE FROM rights_request WHERE id IN (\(values: old))")
    },
    Sweeper("data_view", keptBy: "data_view") { db, kept in
        try db.execute(
            """
            DELETE FROM data_view WHERE id IN (SELECT id FROM data_view
                WHERE viewed_at < \(kept) ORDER BY id LIMIT \(RightsLimits.rowsPerBatch))
            """)
    },
]
