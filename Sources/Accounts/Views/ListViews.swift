import Core
import Hummingbird
import Storage
import Web

/// GET /my/views?address=PAGE. For anyone who is signed in: the pages they saved, and the form that
/// saves one more, or changes one, where an address is given.
struct ListViews: Sendable {
    let accounts: Accounts
    let site: Site

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context, nil, address: context.address["address"])
    }

    /// The page, also after a form that was wrong.
    func show(
        _ context: AppContext, _ state: FormState?, address: String?
    ) async throws -> Response {
        let (views, mayPutHome) = try await accounts.database.read { [accounts] db in
            let acting = try accounts.acting(context, db)
            return (try SavedViewStore(db).list(of: acting.account), acting.mayPutHome)
        }
        let words = site.words(context)
        let page = SavedViewsPage(
            views, address.flatMap(site.saveable), mayPutHome: mayPutHome, state, context, words)
        return site.show(
            page, context, trail: [Link(words["mine_title"], .mine)], status: state?.status ?? .ok)
    }
}

/// The pages that somebody saved.
struct SavedViewsPage: Page {
    static let template = "accounts/views"

    let title: String
    let views: Listed<Line>?
    let endAction: String
    /// Nil where no page is being saved.
    let sheet: FormSheet?
    /// The page that is being saved.
    let savedHref: String?

    /// One saved page, and where it stands.
    struct Line: Sendable {
        let id: String
        let viewName: String
        let href: String
        let placeWord: String
        let changeHref: String
        let changeLabel: String
        let endLabel: String
        let head: FormHead
    }

    init(
        _ views: [SavedView], _ address: Address?, mayPutHome: Bool, _ state: FormState?,
        _ context: AppContext, _ words: Words
    ) {
        title = words["views_title"]
        self.views = Listed(
            views.map { view in
                Line(
                    id: view.id.text, viewName: view.name, href: view.address,
                    placeWord: words["views_place_\(view.place.rawValue)"],
                    changeHref: Address.views.with("address", view.address).text,
                    changeLabel: words["views_change_label", ["name": view.name]],
                    endLabel: words["views_end_label", ["name": view.name]],
                    head: context.formHead(.endView))
            })
        endAction = Address.endView.text
        savedHref = address?.text
        guard address != nil || state != nil else {
            sheet = nil
            return
        }
        let known = views.first { $0.address == address?.text }
        let state =
            state
            ?? FormState(
                context,
                offering: [
                    "name": known?.name ?? "",
                    "place": (known?.place ?? .desk).rawValue,
                ])
        let places = SavedView.Place.allCases.filter {
            $0 != .home || mayPutHome
        }
        var sheet = FormSheet(
            context.formHead(.views, keeping: state.form), state,
            [
                state.line(
                    "name", words["views_name"], isRequired: true, help: words["views_name_help"],
                    opens: true),
                state.choice(
                    "place", words["views_place"],
                    options: places.map { ($0.rawValue, words["views_place_\($0.rawValue)"]) },
                    isRequired: true),
            ], submit: words["views_save"])
        sheet.hidden = [HiddenField("address", address?.text ?? "")]
        self.sheet = sheet
    }

    var summary: FaultSummary? { sheet?.summary }
}

/// What somebody put on their desk.
let viewsOnDesk: DeskParts = { context, words, db in
    guard let account = context.reader.account else { return [] }
    let views = try SavedViewStore(db).list(of: account)
    guard !views.isEmpty else { return [] }
    return [
        DeskPart(
            .quick, words["views_title"],
            doors: views.filter { $0.place != .list }.prefix(DeskPart.lineLimit * 2).compactMap {
                view in Address(local: view.address).map { Link(view.name, $0) }
            },
            all: Link(words["views_all"], .views))
    ]
}
