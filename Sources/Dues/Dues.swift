import Accounts
import Ledger
import Web

/// Dues: what the units of a reader owe by rule, until when, and how much of it is done; on pages
/// and in the calendar of their choice.
package func dues(_ district: District, _ accounts: Accounts) -> Feature {
    Feature(
        name: "dues",
        navigation: [
            Destination(
                "nav_dues", .dues, path: Address.dues.text, needs: .right(.read),
                waiting: Waiting(isDear: true) { reader, db in
                    try DuesDesk.count(district, reader, db)
                })
        ],
        templates: .module,
        pages: [DuesPage.self, MatrixPage.self, DuePage.self],
        routes: { router, site in
            let app = Services(district, accounts, site)
            let list = ListDues(app: app)
            router.get("dues", needs: .right(.read), use: list.handle)
            let matrix = ShowMatrix(app: app)
            router.get("dues/matrix", needs: .right(.read), use: matrix.handle)
            let remind = RemindOfDues(app: app)
            router.post(
                "dues/reminders", needs: .right(.read),
                fields: [
                    "unit": .carried, "due": .carried, "period": .carried, "streak": .carried,
                    "state": .carried, Reminding.listName: .carried,
                ], use: remind.handle)
            let feeds = ListFeeds(app: app)
            router.get("dues/calendar", needs: .right(.read), use: feeds.handle)
            let make = MakeFeed(app: app)
            router.post("dues/calendar", needs: .right(.read), use: make.handle)
            let end = EndFeed(app: app)
            router.post(
                "dues/calendar/end", needs: .right(.read), fields: ["feed": .carried],
                use: end.handle)
            let fetch = FetchFeed(app: app)
            router.get("dues/feed/:key", needs: .everybody, use: fetch.handle)
            let due = ShowDue(app: app)
            router.get("dues/:due", needs: .right(.read), use: due.handle)
        },
        desk: { _ in duesOnDesk(district) })
}
