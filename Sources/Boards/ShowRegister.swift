import Catalogue
import Core
import Hummingbird
import Web

/// GET /register. For everybody: every personal value the district keeps, and why.
struct ShowRegister: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await board.show(context) { snapshot in
            BoardSheet(
                page: RegisterPage(snapshot),
                trail: [Link(snapshot.words["nav_kinds"], .kinds)])
        }
    }
}

/// The register of personal fields.
struct RegisterPage: Page {
    static let template = "boards/register"

    let title: String
    let entries: [Entry]
    let isEmpty: Bool

    struct Entry: Sendable {
        let anchor: String
        let what: String
        let purpose: String
        let basis: String
        let retention: String
        let readers: String
        let kinds: [Link]
    }

    /// The most entries the page lists.
    static let limit = 500

    init(_ snapshot: Snapshot) {
        let language = snapshot.language
        let kinds = snapshot.catalogue.kinds.values
            .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
        title = snapshot.words["register_title"]
        entries = snapshot.catalogue.register.values.sorted { $0.id < $1.id }.prefix(Self.limit)
            .map { entry in
                let users = kinds.filter { kind in
                    (kind.persons.map(\.register) + kind.privates.map(\.register))
                        .contains(entry.id)
                }
                return Entry(
                    anchor: entry.id, what: entry.what[language],
                    purpose: entry.purpose[language], basis: entry.basis[language],
                    retention: entry.retention[language], readers: entry.readers[language],
                    kinds: users.map { Link($0.name[language], .kind($0.id)) })
            }
        isEmpty = entries.isEmpty
    }
}
