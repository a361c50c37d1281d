import Core
import Ledger
import Organization
import Requests
import Storage

/// What everybody may know of a request: its service, how far it is, who has it, the community it
/// came from, and when. No word that anybody wrote is read.
struct PublicRequest: Sendable {
    let id: Record.ID
    let procedure: String
    let version: String
    /// The unit that people choose a place by: never the smallest place itself.
    let place: OrgUnit.ID
    let owner: OrgUnit.ID
    let stage: String
    let filedAt: Moment
    let closedAt: Moment?
    let end: String?
    let service: String
    /// When something was last written in it.
    let changedAt: Moment

    init(_ row: Row) throws {
        id = try row.get("case_id")
        procedure = try row.get("procedure")
        version = try row.get("version")
        place = try row.get("place_id")
        owner = try row.get("owner_id")
        stage = try row.get("stage")
        filedAt = try row.get("filed_at")
        closedAt = try row.optional("closed_at")
        end = try row.optional("outcome")
        service = try row.get("service")
        changedAt = try row.get("changed_at")
    }
}

/// Which requests are asked for.
package struct PublicFilter: Sendable {
    /// The services of which each request may be seen by everybody.
    package let listed: Set<String>
    /// Only these; nil for all.
    package var ids: [Record.ID]?
    /// Only those for one of these services; nil for all.
    package var services: [String]?
    /// Nil for open and closed ones.
    package var isClosed: Bool?
    /// Filed at this moment or later, and before the other.
    package var from: Moment?
    package var until: Moment?
    package var offset = 0
    package var limit = PublicRequests.most

    package init(listed: Set<String>) { self.listed = listed }
}

/// The statement on requests that everybody may ask: along the days on which they were filed.
package struct PublicRequests {
    let db: Connection

    /// The most of one answer.
    static let most = 1_000
    /// The most days that one answer goes over.
    static let days = 90
    /// The last page that may be asked for.
    static let mostPages = 10_000

    /// The newest first; those of one moment by their ids, so that pages keep their order.
    func list(_ filter: PublicFilter) throws -> [PublicRequest] {
        try db.rows(Self.statement(filter)).map(PublicRequest.init)
    }

    /// The same as a statement, for those who read its plan.
    package static func statement(_ filter: PublicFilter) -> SQL {
        var tests: [SQL] = []
        if let ids = filter.ids { tests.append("q.case_id IN (\(values: ids))") }
        if let from = filter.from { tests.append("q.filed_at >= \(from)") }
        if let until = filter.until { tests.append("q.filed_at < \(until)") }
        if let isClosed = filter.isClosed {
            tests.append(isClosed ? "s.closed_at IS NOT NULL" : "s.closed_at IS NULL")
        }
        // What may be seen is part of the question, whatever else is asked.
        let services = filter.listed.intersection(filter.services ?? Array(filter.listed)).sorted()
        tests.append(services.isEmpty ? "FALSE" : "q.service IN (\(values: services))")
        let condition: SQL = tests.joined(separator: " AND ")
        return """
            SELECT q.case_id, q.service, q.place_id, q.filed_at, s.procedure, s.version,
                s.owner_id, s.stage, s.closed_at, s.outcome, n.recorded_at AS changed_at
            FROM request q
            JOIN case_state s ON s.case_id = q.case_id
            JOIN record n ON n.case_id = q.case_id AND n.seq = s.seq
            WHERE \(condition)
            ORDER BY q.filed_at DESC, q.case_id DESC
            LIMIT \(filter.limit) OFFSET \(filter.offset)
            """
    }
}

/// A request as it is told.
struct ToldRequest {
    let requests: Requests
    let structure: Structure
    let today: Day
    let language: Language

    func node(_ request: PublicRequest) -> GeoNode {
        let place = version(request.place)
        let isClosed = request.closedAt != nil
        return .object([
            ("service_request_id", .text(request.id.text)),
            ("status", .text(isClosed ? "closed" : "open")),
            ("status_notes", .text(notes(request))),
            (
                "service_name",
                .text(requests.services[request.service]?.name[language] ?? request.service)
            ),
            ("service_code", .text(request.service)),
            ("description", .text(nil)),
            ("agency_responsible", .text(name(request.owner))),
            ("service_notice", .text(nil)),
            ("requested_datetime", .text(request.filedAt.instant)),
            ("updated_datetime", .text((request.closedAt ?? request.changedAt).instant)),
            ("expected_datetime", .text(nil)),
            ("address", .text(place?.name)), ("address_id", .text(place?.code)),
            ("zipcode", .text(nil)), ("lat", .text(nil)), ("long", .text(nil)),
            ("media_url", .text(nil)),
        ])
    }

    /// How far it is, in the words of its procedure.
    private func notes(_ request: PublicRequest) -> String? {
        let texts = requests.district.catalogue.procedures[request.procedure] ?? []
        let text = texts.first { $0.version == request.version } ?? texts.last
        if let end = request.end {
            return text?.ends.first { $0.id == end }?.name[language]
        }
        return text?.stage(request.stage)?[language]
    }

    /// The unit that answers for it; the smallest place is told as what people choose a place by.
    private func name(_ unit: OrgUnit.ID) -> String? {
        let routing = Routing(requests.services, structure, on: today)
        guard let found = version(unit), found.form == requests.services.desk.homeForm else {
            return version(unit)?.name
        }
        return routing.community(of: unit).flatMap(version)?.name
    }

    private func version(_ unit: OrgUnit.ID) -> UnitVersion? {
        structure.nearestVersion(unit, on: today)
    }
}
