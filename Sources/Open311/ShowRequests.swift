import Core
import Hummingbird
import Ledger
import Web

/// GET /open311/v2/requests.xml and .json. For everybody: the requests of some days, of some
/// services, open or closed, page by page.
struct ListRequests: Sendable {
    let report: GeoReport
    let format: GeoFormat

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(format, context) {
            let filter = try filter(try GeoAsk(request))
            return try await report.tell(filter, context)
        }
    }

    private func filter(_ ask: GeoAsk) throws -> PublicFilter {
        var filter = PublicFilter(listed: report.listed)
        // Ids go before everything else that is asked.
        if let ids = try ask.list("service_request_id") {
            filter.ids = ids.compactMap { Record.ID($0) }
            return filter
        }
        if let codes = try ask.list("service_code") {
            filter.services = try codes.map(report.requests.known)
        }
        filter.isClosed = try isClosed(ask)
        (filter.from, filter.until) = try window(ask)
        let size = try ask.count("page_size", most: PublicRequests.most)
        let page = try ask.count("page", most: PublicRequests.mostPages)
        filter.limit = size ?? PublicRequests.most
        filter.offset = ((page ?? 1) - 1) * filter.limit
        return filter
    }

    /// Nil for both.
    private func isClosed(_ ask: GeoAsk) throws(GeoErrors) -> Bool? {
        guard let words = try ask.list("status") else { return nil }
        let known = ["open", "closed"]
        guard !words.isEmpty, words.allSatisfy(known.contains) else {
            throw .invalid(
                "status", zh: "status 只能是 open、closed 或两者。",
                en: "status is open, closed, or both.")
        }
        return Set(words).count == 2 ? nil : words[0] == "closed"
    }

    /// The days that are asked for: the last ones unless said, and never more than the contract
    /// lets one ask.
    private func window(_ ask: GeoAsk) throws(GeoErrors) -> (from: Moment, until: Moment) {
        let length = Int64(PublicRequests.days) * 86_400_000
        let (start, end) = (try ask.moment("start_date"), try ask.moment("end_date"))
        let now = report.district.now()
        func later(_ moment: Moment, _ milliseconds: Int64) -> Moment {
            Moment(milliseconds: moment.milliseconds + milliseconds)
        }
        switch (start, end) {
        case (let start?, let end?):
            guard start <= end, end.milliseconds - start.milliseconds <= length else {
                throw .invalid(
                    "end_date",
                    zh: "end_date 应在 start_date 之后，相距不超过\(PublicRequests.days)天。",
                    en: """
                        end_date is after start_date, by \(PublicRequests.days) days at most.
                        """)
            }
            return (start, end)
        case (let start?, nil): return (start, later(start, length))
        case (nil, let end?): return (later(end, -length), end)
        // What is filed in this very moment belongs to it.
        case (nil, nil): return (later(now, -length), later(now, 1))
        }
    }
}

/// GET /open311/v2/requests/ID.xml and .json. For everybody: one request.
struct ShowRequest: Sendable {
    let report: GeoReport

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(file: try context.word("file"), context) { name in
            var filter = PublicFilter(listed: report.listed)
            filter.ids = Record.ID(name).map { [$0] } ?? []
            return try await report.tell(filter, context, isOne: true)
        }
    }
}

/// GET /open311/v2/tokens/TOKEN.xml and .json. For everybody: the id behind a token. A request has
/// its id at once, so a token is the id.
struct ShowToken: Sendable {
    let report: GeoReport

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await report.answer(file: try context.word("file"), context) { name in
            var filter = PublicFilter(listed: report.listed)
            filter.ids = Record.ID(name).map { [$0] } ?? []
            let found = try await report.find(filter)
            guard let one = found.first else { throw GeoReport.noRequest }
            return GeoAnswer(
                "service_requests",
                .list(
                    [
                        .object([
                            ("service_request_id", .text(one.id.text)),
                            ("token", .text(one.id.text)),
                        ])
                    ], of: "request"))
        }
    }
}

extension GeoReport {
    static let noRequest = GeoErrors.missing(
        "service_request_id", zh: "没有这件诉求。", en: "There is no such request.")

    func find(_ filter: PublicFilter) async throws -> [PublicRequest] {
        try await district.database.read { db in try PublicRequests(db: db).list(filter) }
    }

    /// - Parameter isOne: whether there must be one.
    func tell(
        _ filter: PublicFilter, _ context: AppContext, isOne: Bool = false
    ) async throws -> GeoAnswer {
        let language = context.language
        let nodes = try await district.database.read { db in
            let told = try told(db, language)
            return try PublicRequests(db: db).list(filter).map(told.node)
        }
        if isOne, nodes.isEmpty { throw Self.noRequest }
        return GeoAnswer("service_requests", .list(nodes, of: "request"))
    }
}
