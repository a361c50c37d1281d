import Core
import Hummingbird
import Ledger
import Organization
import Requests
import Storage
import Web

/// POST /open311/v2/requests.xml and .json. For a program with a key: files a request, by the one
/// door by which every request is filed.
struct PostRequest: Sendable {
    let report: GeoReport
    let format: GeoFormat

    /// The fields of the form that are no texts; none of it is ever shown again.
    static let fields: [String: SentField] = ["api_key": .key]

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(format, context) {
            let ask = try await GeoAsk.posted(request, context)
            let key = try await report.key(ask["api_key"])
            guard report.rates.takes(key.id.text) else {
                throw GeoErrors(
                    .tooManyRequests, "too_many_requests", zh: "提交过于频繁，请稍后再试。",
                    en: "That is too often: try again later.")
            }
            let service = try service(ask)
            let answers = try answers(ask, service)
            let filed = try await report.district.database.write { [report] db in
                var filing = Filing(
                    service: service.id, place: try report.place(ask, db),
                    words: ask["description"] ?? "")
                filing.answers = answers
                filing.address = ask["address_id"] == nil ? nil : ask["address_string"]
                filing.contact = ask["phone"] ?? ask["email"]
                return try report.requests.file(
                    filing, by: .program(key.actor), form: freshSecret(), db: db)
            }
            return GeoAnswer(
                "service_requests",
                .list(
                    [
                        .object([
                            ("service_request_id", .text(filed.id.text)),
                            ("service_notice", .text(notice(ask, context))),
                            ("account_id", .text(nil)),
                        ])
                    ], of: "request"))
        }
    }

    private func service(_ ask: GeoAsk) throws(GeoErrors) -> Service {
        guard let code = ask["service_code"] else {
            throw GeoErrors(
                .badRequest, "service_code_required", zh: "须写明 service_code。",
                en: "service_code is required.")
        }
        return try report.requests.offered(code)
    }

    /// What was answered, by the id of the question.
    private func answers(_ ask: GeoAsk, _ service: Service) throws(GeoErrors) -> [String: String] {
        var answers: [String: String] = [:]
        for question in service.questions {
            answers[question.id] = ask[Service.argument(question)]
        }
        let known = Set(service.questions.map(Service.argument))
        for name in ask.names(beginning: "attribute[") where !known.contains(name) {
            throw .invalid(
                "attribute", zh: "这项服务不问“\(name.prefix(60))”。",
                en: "This service does not ask “\(name.prefix(60))”.")
        }
        return answers
    }

    /// What was sent and is not taken in is said.
    private func notice(_ ask: GeoAsk, _ context: AppContext) -> String? {
        ask["media_url"].map { _ in report.site.words(context)["open311_no_media"] }
    }
}

extension GeoReport {
    /// The unit that a place means: by its code or name, or by a point within its boundary.
    func place(_ ask: GeoAsk, _ db: Connection) throws -> OrgUnit.ID {
        let structure = try district.structure(db)
        if let text = ask["address_id"] ?? ask["address_string"] {
            var reading = UnitReading(structure, on: today)
            let desk = requests.services.desk
            reading.forms = [desk.homeForm, desk.placeForm]
            guard let unit = reading.read(text).unit else {
                throw GeoErrors.missing(
                    "address", zh: "没有找到这个地点，社区和网格的编码见 /api/v1/units。",
                    en: "There is no such place: /api/v1/units lists communities and grids.")
            }
            return unit.unit
        }
        guard let lat = ask["lat"].flatMap(Double.init), let long = ask["long"].flatMap(Double.init)
        else {
            throw GeoErrors(
                .badRequest, "address_required",
                zh: "须写明 address_id（社区或网格编码）、address_string（其名称）或 lat 和 long。",
                en: """
                    Say address_id, the code of a community or grid, address_string, its name, or \
                    lat and long.
                    """)
        }
        guard let unit = try requests.community(at: GeoPoint(lat, long), structure, db) else {
            throw GeoErrors.missing(
                "address", zh: "这个位置不在本区任何社区的边界之内。",
                en: "This point lies within the boundary of no community of the district.")
        }
        return unit
    }
}
