import Catalogue
import Core
import Hummingbird
import Web

/// GET /kinds. For everybody: what the district writes down, and how widely it may be seen.
struct ListKinds: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        if let form = try TableFile.Form(Query(request)) {
            return try await board.download(context, as: form, plainly: "kinds") { snapshot in
                try KindsPage(snapshot).table(snapshot.words)
            }
        }
        return try await board.show(context) { snapshot in
            BoardSheet(page: KindsPage(snapshot), trail: [])
        }
    }
}

/// The list of kinds of record.
struct KindsPage: Page {
    static let template = "boards/kinds"

    let title: String
    let summary: String
    let groups: [Group]
    let registerHref: String
    let takeAway: TakeAway

    /// The kinds that may be seen as widely as each other.
    struct Group: Sendable {
        let visibility: String
        let explanation: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let name: String
        let href: String
        let shape: String
        let says: String
        let keepsPersons: String
    }

    /// The most kinds the page lists.
    static let limit = 500

    init(_ snapshot: Snapshot) {
        let (words, language) = (snapshot.words, snapshot.language)
        let all = snapshot.catalogue.kinds.values.inOrder.prefix(Self.limit)
        title = words["nav_kinds"]
        summary = words["kinds_summary", ["count": all.count.grouped]]
        registerHref = Address.register.text
        takeAway = snapshot.takeAway
        groups = Visibility.allCases.compactMap { visibility in
            let rows = all.filter { $0.visibility == visibility }.map { kind in
                let labels =
                    kind.measures.map(\.label) + kind.fields.map(\.label)
                    + kind.subjects.map(\.label)
                let keeps = !kind.persons.isEmpty || !kind.privates.isEmpty
                return Row(
                    name: kind.name[language], href: Address.kind(kind.id).text,
                    shape: words["shape_\(kind.shape.rawValue)"],
                    says: labels.map { $0[language] }
                        .joined(separator: words.comma),
                    keepsPersons: keeps ? words["kind_keeps_persons"] : "–")
            }
            guard !rows.isEmpty else { return nil }
            return Group(
                visibility: words["visibility_\(visibility.rawValue)"],
                explanation: words["visibility_\(visibility.rawValue)_text"], rows: rows)
        }
    }
}
