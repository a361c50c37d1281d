import Accounts
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /ask/:service?at=CODE. For everybody: asks for a service, without an account. The
/// answer shows the number and the secret, once. GET and POST /requests/new/:service: staff write
/// for whoever telephones, comes or writes.
struct WriteRequest: Sendable {
    let app: RequestServices
    let forOthers: Bool

    static let fields: [String: SentField] = [FilingField.home: .carried]

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let service = try service(context)
        return try await page(service, nil, try Query(request).text("at"), context)
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let service = try service(context)
        let form = try await context.form(request, upTo: FilingLimits.bodyBytes)
        return try await context.mending(form) {
            let filed = try await file(service, form, context)
            return try await answer(filed, service, context)
        } again: { state in
            try await page(service, state, nil, context)
        }
    }

    private func service(_ context: AppContext) throws(Refusal) -> Service {
        guard let service = app.services[try context.word("service")],
            service.isOffered(on: app.app.today)
        else { throw .notFound }
        return service
    }

    // MARK: Filing

    /// Files once: what was taken in before costs neither a picture nor a share of the limits.
    private func file(
        _ service: Service, _ form: Form, _ context: AppContext
    ) async throws -> Filed {
        let requests = app.requests
        let sent = SentFiling(service, form)
        let ready = try await app.app.database.read { [app, forOthers] db in
            let filer = try filer(context, app, forOthers, db)
            if try requests.isFiled(form.key, db) { return Ready?.none }
            let filing = try sent.filing(app.district.structure(db), on: app.app.today)
            let place = try requests.check(filing, by: filer, db)
            return Ready(filing: filing, place: place)
        }
        guard var ready else { return try await write(nil, form, context) }
        if !forOthers {
            try requests.gate.letIn(
                from: context.client, context.formSeed.knownBrowser, in: ready.place)
        }
        let kept = try app.evidence.keep(try await pictures(form))
        ready.filing.pictures = kept
        do {
            let filed = try await write(ready.filing, form, context)
            if !filed.isNew { app.evidence.remove(kept) }
            return filed
        } catch {
            app.evidence.remove(kept)
            throw error
        }
    }

    private struct Ready: Sendable {
        var filing: Filing
        let place: String
    }

    private func write(
        _ filing: Filing?, _ form: Form, _ context: AppContext
    ) async throws -> Filed {
        let key = form.key
        return try await app.app.database.write { [app, forOthers] db in
            let filer = try filer(context, app, forOthers, db)
            guard let filing else { return try app.requests.filed(again: key, db) }
            return try app.requests.file(filing, by: filer, form: key, db: db)
        }
    }

    /// Photographs made anew, without the place where they were taken.
    private func pictures(_ form: Form) async throws -> [EvidenceFile] {
        let uploads = form.files(FilingField.pictures)
        guard uploads.count <= FilingLimits.pictures else {
            throw Refusal.invalid(
                FilingField.pictures, zh: "照片最多\(FilingLimits.pictures)张。",
                en: "At most \(FilingLimits.pictures) photographs.")
        }
        var files: [EvidenceFile] = []
        for (place, upload) in uploads.enumerated() {
            do {
                let file = try EvidenceFile(name: "photo-\(place + 1)", bytes: upload.bytes)
                guard Pictures.types[file.mediaType] != nil,
                    upload.bytes.count <= FilingLimits.pictureBytes
                else { throw Self.noPicture }
                files.append(try await app.pictures.cleaned(file))
            } catch Refusal.invalid {
                throw Self.noPicture
            }
        }
        return files
    }

    private static let noPicture = Refusal.invalid(
        FilingField.pictures,
        zh: "照片须是JPEG或PNG，每张不超过\(FilingLimits.pictureBytes >> 20) MB。",
        en: """
            Photographs are JPEG or PNG, each of at most \(FilingLimits.pictureBytes >> 20) MB.
            """)

    // MARK: Pages

    private func answer(
        _ filed: Filed, _ service: Service, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = FiledPage(
            title: words["filed_title"], lead: words["filed_lead"], number: filed.number,
            secret: RequestSecret.shown(filed.secret), service: service.name[words.language],
            statusHref: Address.askStatus.text,
            caseHref: forOthers ? Address.requestCase(filed.id).text : nil,
            draft: context.address.path)
        return app.site.show(page, context, trail: trail(words)).unkept
    }

    private func trail(_ words: Words) -> [Link] {
        forOthers
            ? [Link(words["nav_requests"], .requests), Link(words["requests_new"], .newRequest)]
            : [Link(words["nav_ask"], .ask)]
    }

    private func page(
        _ service: Service, _ state: FormState?, _ at: String?, _ context: AppContext
    ) async throws -> Response {
        let words = app.site.words(context)
        let page = try await app.app.database.read { [app, forOthers] db in
            _ = try filer(context, app, forOthers, db)
            let routing = Routing(
                app.services, try app.district.structure(db), on: app.app.today)
            let form = AskForm(service, app.services, routing, context, words)
            return form.page(
                forOthers ? .newRequest(service.id) : .ask(service.id), state, at: at,
                channels: forOthers ? app.channels(words.language) : nil)
        }
        return app.site.show(
            page, context, trail: trail(words), status: state?.status ?? .ok)
    }
}

/// Who files: nobody in particular at the page for everybody, else whoever is signed in and writes.
private func filer(
    _ context: AppContext, _ app: RequestServices, _ forOthers: Bool, _ db: Connection
) throws -> Filer {
    guard forOthers else { return .requester }
    let acting = try app.app.accounts.acting(context, db)
    guard acting.may(.write) else { throw Refusal.notFound }
    return .staff(acting)
}

/// What a form of a service sent.
struct SentFiling: Sendable {
    private let service: Service
    private let place: String
    private let home: String
    private let values: [String: String]

    init(_ service: Service, _ form: Form) {
        func one(_ name: String) -> String { form.all(name).first ?? "" }
        self.service = service
        place = one(FilingField.place)
        home = one(FilingField.home)
        let names =
            [FilingField.words, FilingField.address, FilingField.contact, FilingField.channel]
            + service.questions.map { FilingField.answer($0.id) }
        values = Dictionary(uniqueKeysWithValues: names.map { ($0, one($0)) })
    }

    /// - Throws: `Refusal.invalid` for a place that is not one of the district's.
    func filing(_ structure: Structure, on day: Day) throws -> Filing {
        let text = try Refusal.cleaned(place, at: FilingField.place).trimmed
        guard text.unicodeScalars.count <= Limits.valueCharacters, !text.isEmpty,
            let unit = structure.unit(naming: text, on: day)
        else {
            throw Refusal.invalid(
                FilingField.place, zh: "请从所列社区中选择。",
                en: "Choose one of the communities listed.")
        }
        // The smaller place counts where it lies in the one that was chosen.
        let within = structure.unit(code: home, on: day).flatMap { smaller in
            structure.parent(smaller.unit, .territory, on: day) == unit.unit ? smaller.unit : nil
        }
        var filing = Filing(
            service: service.id, place: within ?? unit.unit,
            words: values[FilingField.words] ?? "")
        filing.address = values[FilingField.address]
        filing.contact = values[FilingField.contact]
        filing.channel = values[FilingField.channel]
        for question in service.questions {
            filing.answers[question.id] = values[FilingField.answer(question.id)]
        }
        return filing
    }
}
