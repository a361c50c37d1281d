import Core
import Hummingbird
import Ledger
import Web

/// GET /admin/kinds. For the organization officer: the kinds that were made on pages, and how each
/// stands.
/// GET /admin/kind-releases. For the security administrator: the same, and which of them wait.
struct ListOwnKinds: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        var page = DeskPage(words["own_kinds_title"], lead: words["own_kinds_lead"])
        page.sections = [try await table(words) { .ownKind($0) }]
        page.sections[0].add(Link(words["own_kinds_new"], .newOwnKind))
        return app.site.show(page, context)
    }

    @Sendable func waiting(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = app.site.words(context)
        var page = DeskPage(words["kind_releases_title"], lead: words["kind_releases_lead"])
        page.sections = [try await table(words) { .kindRelease($0) }]
        return app.site.show(page, context)
    }

    private func table(_ words: Words, _ address: (String) -> Address) async throws -> DeskSection {
        let today = app.today
        let (kinds, newest) = try await app.database.read { db in
            let store = OwnKindStore(db: db)
            return (try store.all(), try store.newest())
        }
        var section = DeskSection(nil)
        var table = DeskTable(
            words["own_kinds_title"],
            [words["own_kind"], words["own_kind_state"], words["own_kind_changed"]],
            empty: words["own_kinds_none"])
        for kept in kinds {
            let reading = OwnKindReading(
                kept: kept, versions: [newest[kept.id]].compactMap { $0 }, names: [:],
                folder: app.ownKindFolder,
                running: app.district.catalogue.kinds[kept.id]?.version)
            table.add([
                .text(kept.own.name[words.language], to: address(kept.id)),
                .text(reading.state(words, today)), .day(kept.changedAt.text),
            ])
        }
        section.table = table
        return section
    }
}
