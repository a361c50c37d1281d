import Core

/// What is kept of requests beside their cases.
package let requestsData = DataDeclaration(
    migrations: requestsMigrations,
    personal: [
        PersonalTable(
            "request",
            registered: ["secret_mark": "request_words", "contact_mark": "request_words"])
    ],
    sweepers: [
        // What leads to whoever asked goes with their words.
        Sweeper("request", keptBy: "request_words") { db, kept in
            try RequestStore(db).forget(closedBefore: kept, limit: FilingLimits.swept)
        }
    ])
