import Core

/// Where people are written to, how they want to hear, and what is on its way to them.
package let messagesData = DataDeclaration(
    migrations: messagesMigrations,
    personal: [
        PersonalTable(
            "mail_address", of: .account("account_id"), why: ["mail_address"],
            registered: [
                "account_id": "mail_address", "address": "mail_address",
                "address_mark": "mail_address", "code_mark": "mail_address",
            ],
            shows: ["asked_at", "verified_at"]),
        PersonalTable(
            "message_way", of: .account("account_id"), why: ["mail_address"],
            registered: ["account_id": "mail_address"], shows: ["topic", "way"]),
        PersonalTable(
            "delivery", of: .account("account_id"), why: ["message_delivery"],
            registered: [
                "account_id": "message_delivery", "destination": "message_delivery",
                "body": "message_delivery",
            ],
            shows: ["event", "channel", "state", "made_at"]),
        PersonalTable("webhook", registered: ["made_by": "operator_name"]),
    ],
    sweepers: [
        Sweeper("mail_address") { try MailContactStore($0).sweep(at: $1) },
        Sweeper("message_way") { db, _ in try MailContactStore(db).sweepWays() },
        Sweeper("delivery", keptBy: "message_delivery") { db, kept in
            try DeliveryStore(db).sweep(before: kept)
        },
        Sweeper("message_relay") { try RelayStore($0).sweep(at: $1) },
    ])
