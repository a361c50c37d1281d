import Core
import Foundation
import Hummingbird
import Logging
import Storage

/// What every page verb needs: the database, the words, the clock, and a way to show a page.
package struct Site: Sendable {
    package let database: Database
    package let terms: Terms
    package let templates: Templates
    package let assets: Assets
    package let navigation: [Destination]
    private let desks: [@Sendable (Site) -> DeskParts]
    package let now: @Sendable () -> Moment
    /// A sentence above every page, such as that all persons of a demonstration are fictional.
    package let notice: Wording?
    package let logger: Logger
    /// What the tokens of forms are made with.
    package let formKey: SecretKey
    /// Whether the server stands behind a proxy of ours, which says who asks and speaks HTTPS.
    package let isBehindProxy: Bool
    /// The only addresses that are answered; empty for all that can reach the server.
    let proxies: Set<Proxy>
    /// How many seconds of work one sender may ask for in a minute.
    let workSeconds: Int
    /// The connections of the server that serves the site.
    package let connections = Connections()
    /// What the routes say of the fields of their forms.
    package let sentFields = SentFields()
    /// Wakes the background work when a verb asked for some.
    package let bell = JobBell()
    private let pages = PageShelf(limit: Limits.keptPages)
    private let readerPages = PageShelf(limit: Limits.keptPages)
    private let bars = BarShelf()
    private let waiting = WaitingShelf()

    /// Puts the site together, and refuses with every fault when templates, words or assets lack.
    ///
    /// - Parameter other: a site of the same features, whose templates are not read again.
    package init(
        features: [Feature], database: Database, terms: Terms, assets: Assets,
        like other: Site? = nil,
        now: @escaping @Sendable () -> Moment = Moment.now, notice: Wording? = nil,
        logger: Logger = Logger(label: "groundwork.web"), formKey: SecretKey = .random(),
        isBehindProxy: Bool = false, proxies: Set<Proxy> = [],
        workSeconds: Int = Limits.workSeconds
    ) throws(SetupFault) {
        var faults = ErrorPage.missingWords(in: terms)
        for feature in features {
            faults += feature.navigation.filter { terms[$0.word] == nil }.map {
                "the feature \(feature.name) names the word “\($0.word)”; the catalogue has none"
            }
        }
        let templates =
            if let other { other.templates } else {
                try Site.templates(of: features, terms, assets)
            }
        for page in features.flatMap(\.pages) where !templates.has(page.template) {
            faults.append("\(page): there is no template \(page.template)")
        }
        guard faults.isEmpty else { throw SetupFault(faults) }
        self.database = database
        self.terms = terms
        self.templates = templates
        self.assets = assets
        self.navigation = features.flatMap(\.navigation)
        self.desks = features.compactMap(\.desk)
        self.now = now
        self.notice = notice
        self.logger = logger
        self.formKey = formKey
        self.isBehindProxy = isBehindProxy
        self.proxies = proxies
        self.workSeconds = workSeconds
    }

    private static func templates(
        of features: [Feature], _ terms: Terms, _ assets: Assets
    ) throws(SetupFault) -> Templates {
        var texts = try Templates.texts(in: .module, prefix: "")
        for feature in features {
            guard let bundle = feature.templates else { continue }
            let found = try Templates.texts(in: bundle, prefix: feature.name + "/")
            texts.merge(found) { _, new in new }
        }
        texts.merge(assets.partials) { _, new in new }
        return try Templates(texts, words: terms.keys)
    }

    /// The name of a cookie: behind HTTPS it makes browsers keep it to this very host, so that no
    /// other can plant it.
    package func cookie(_ name: String) -> String { isBehindProxy ? "__Host-" + name : name }

    /// The interface words in the reader's language.
    package func words(_ context: AppContext) -> Words { terms.words(context.language) }

    /// What every feature lays on the desk of whoever reads, in one snapshot.
    package func desk(_ context: AppContext, _ db: Connection) throws -> [DeskPart] {
        let words = words(context)
        return try desks.flatMap { try $0(self)(context, words, db) }
    }

    /// How many things wait for a reader behind each entry of the header, by its path.
    ///
    /// - Parameter head: how far the audit had come when the request's session was read.
    package func waiting(
        for reader: Reader, _ head: Audit.Head, at moment: Moment
    ) async throws -> [String: Int] {
        try await waiting.counts(
            reader, navigation, SeenState(head.newest, on: moment.day), at: moment, database)
    }

    /// Counts anew on an account's next page: they have just changed something.
    package func forgetWaiting(of account: AccountID) { waiting.forget(account) }

    /// Answers with a page in the layout. `trail` leads down to this one from below the home page,
    /// which the frame puts first; `stamp` says how far the ledger had come when the page read it.
    package func show(
        _ page: some Page, _ context: AppContext, trail: [Link] = [], stamp: Stamp? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let html = Work.count { rendered(page, context, trail: trail, stamp: stamp) }
        return answer(html, context, status: status)
    }

    /// Sends the browser on to a page after a form was taken in.
    package func redirect(to address: Address) -> Response { redirection(to: address) }

    /// Reads a page in one snapshot and answers with it; a page that was read before is answered
    /// again as long as nothing was written that could have changed it and no new day has begun.
    ///
    /// The ledger's head is asked on every request, so a commit is visible to the next reader.
    /// `prepare` runs only for a page that has to be read: it may do ahead what takes long.
    ///
    /// - Parameter access: what the reader may do, where that makes a difference to the page: it is
    ///   kept for readers who may do just the same. Nil for what everybody may read; then who
    ///   reads makes no difference to what is kept.
    package func show<P: Page>(
        _ context: AppContext, for access: Access? = nil,
        prepare: (@Sendable () async throws -> Void)? = nil,
        read: @escaping @Sendable (Connection) throws -> Sheet<P>
    ) async throws -> Response {
        let key = PageKey(context, access)
        if let kept = try await kept(key, context) { return answer(kept, context, status: .ok) }
        try await prepare?()
        let page = try await database.read { [self] db in
            let head = try Audit.head(db)
            if let kept = try kept(key, context, at: head, db) { return kept }
            let sheet = try read(db)
            let page = rendered(sheet.page, context, trail: sheet.trail, stamp: sheet.stamp)
            // A form's token is one reader's own.
            if sheet.isKept, page.isKept, !context.formSeed.wasUsed {
                shelf(of: key).put(
                    PageShelf.Kept(
                        page: page, state: state(of: key, at: head),
                        isStill: access == nil ? sheet.isStill : nil), key)
            }
            return page
        }
        return answer(page, context, status: .ok)
    }

    private func shelf(of key: PageKey) -> PageShelf { key.access == nil ? pages : readerPages }

    /// Names that are corrected or erased change no public page.
    private func state(of key: PageKey, at head: Audit.Head) -> SeenState {
        SeenState(key.access == nil ? head.shown : head.newest, on: now().day)
    }

    /// The page as it was read before, where it is still the same.
    private func kept(_ key: PageKey, _ context: AppContext) async throws -> RenderedPage? {
        guard let kept = shelf(of: key)[key] else { return nil }
        // The door of the accounts has asked for the head in this very request.
        if let head = context.head {
            if kept.state == state(of: key, at: head) { return kept.page }
            guard kept.isStill != nil else { return nil }
        }
        // A page that is kept is never behind one that has to be read.
        return try await database.glance { [self] db in
            try self.kept(key, context, at: Audit.head(db), db)
        }
    }

    /// The same in a snapshot.
    private func kept(
        _ key: PageKey, _ context: AppContext, at head: Audit.Head, _ db: Connection
    ) throws -> RenderedPage? {
        let shelf = shelf(of: key)
        guard let kept = shelf[key] else { return nil }
        let state = state(of: key, at: head)
        if kept.state == state { return kept.page }
        guard let isStill = kept.isStill, kept.state.day == state.day, kept.state < state,
            head.turned <= kept.state.seq, try isStill(head, db)
        else { return nil }
        let page = kept.page.stamped(
            Stamp(position: head.position, at: now()).text(words(context)))
        shelf.put(PageShelf.Kept(page: page, state: state, isStill: isStill), key)
        return page
    }

    private func rendered(
        _ page: some Page, _ context: AppContext, trail: [Link], stamp: Stamp?
    ) -> RenderedPage {
        let words = words(context)
        let frame = Frame(
            page: page, contentHTML: templates.place(page, words), site: self, context: context,
            trail: trail, stamp: stamp)
        return RenderedPage(templates.render("layout", frame), stamp: stamp?.text(words))
    }

    private func answer(
        _ page: RenderedPage, _ context: AppContext, status: HTTPResponse.Status
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.contentLanguage] = context.language.tag
        // Figures move with every commit, and the page depends on the reader's choices.
        headers[.cacheControl] = context.reader.account == nil ? "private, no-cache" : "no-store"
        headers[.vary] = "Accept-Language, Cookie"
        let body = page.body(with: bars.html(self, context))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
