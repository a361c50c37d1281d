import Catalogue
import Core
import Hummingbird
import Ledger
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
    let purposes: [Use]
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
        let columns: String?
        let use: Link?
        let assessment: String?
    }

    /// What data are used for, and on whose word.
    struct Use: Sendable {
        let anchor: String
        let name: String
        let what: String
        let ground: String
        let receivers: String
        let version: String
        let entries: [Link]
    }

    /// The most entries the page lists.
    static let limit = 500

    init(_ snapshot: Snapshot) {
        let language = snapshot.language
        let kinds = snapshot.catalogue.kinds.values.inOrder
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
                    kinds: users.map { Link($0.name[language], .kind($0.id)) },
                    columns: RegisterPage.columns(of: entry.id, snapshot),
                    use: snapshot.catalogue.purpose(of: entry.id).map {
                        Link($0.name[language], .register, at: "purpose-" + $0.id)
                    }, assessment: entry.assessment)
            }
        purposes = snapshot.catalogue.purposes.values.inOrder
            .map { purpose in
                let basis = snapshot.words["basis_\(purpose.basis.rawValue)"]
                return Use(
                    anchor: "purpose-" + purpose.id, name: purpose.name[language],
                    what: purpose.what[language],
                    ground: "\(basis) · \(purpose.ground[language])",
                    receivers: purpose.receivers[language], version: purpose.version,
                    entries: purpose.entries.compactMap { id in
                        snapshot.catalogue.register[id].map {
                            Link($0.what[language], .register, at: id)
                        }
                    })
            }
        isEmpty = entries.isEmpty
    }

    /// The columns of tables that hold what the entry covers.
    private static func columns(of entry: String, _ snapshot: Snapshot) -> String? {
        let columns = snapshot.district.declared.personalColumns
        let names = columns.filter { $0.value == entry }.keys.sorted()
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}
