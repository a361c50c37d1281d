import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Reports
import Web

/// GET /feeds/news. For everybody: the newest records of the kinds that everybody reads one by one,
/// as a feed.
struct FetchNews: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let feed = try await board.read(context) { snapshot in
            let records = try RecordStore(db: snapshot.db).newest(
                upTo: snapshot.today, scope: .kinds(snapshot.catalogue.kindsListed),
                limit: AtomFeed.limit)
            return AtomFeed(
                title: snapshot.words["site_name"] + " · " + snapshot.words["feed_news"],
                id: "urn:groundwork:feed:news", language: snapshot.language,
                entries: records.compactMap { snapshot.entry($0) })
        }
        return board.site.fetched(
            feed.text(own: context.address, absolute: board.site.linked(request)),
            as: "application/atom+xml", request)
    }
}

extension Snapshot {
    /// A record of a public kind as an entry of a feed.
    fileprivate func entry(_ record: Record) -> AtomFeed.Entry? {
        guard let kind = catalogue.kinds[record.kind], kind.isListed else { return nil }
        let unit = structure.nearestVersion(record.unit, on: record.happenedOn)?.name ?? "–"
        let says = kind.searched.compactMap { record.fields[$0.id] }
            .joined(separator: language == .zh ? "；" : "; ")
        let summary = [unit, says].filter { !$0.isEmpty }
            .joined(separator: language == .zh ? "：" : ": ")
        return AtomFeed.Entry(
            id: "urn:groundwork:record:\(record.id)",
            title: words[
                "record_title",
                ["kind": kind.name[language], "day": record.happenedOn.description]],
            summary: String(summary.prefix(AtomFeed.summaryCharacters)),
            address: .record(record.id), updated: record.recordedAt, category: kind.id)
    }
}

/// GET /feeds/reports. For everybody: the issued reports, as a feed.
struct FetchReports: Sendable {
    let board: Board

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let feed = try await board.read(context) { snapshot in
            let (language, words) = (snapshot.language, snapshot.words)
            let entries = try ReportStore(db: snapshot.db).list().prefix(AtomFeed.limit).map {
                report in
                let unit = snapshot.structure.nearestVersion(report.unit, on: snapshot.today)
                let period = Period(report.period)?.words[language] ?? report.period
                return AtomFeed.Entry(
                    id: "urn:groundwork:report:\(report.id)", title: report.title[language],
                    summary: [unit?.name ?? "", period].filter { !$0.isEmpty }
                        .joined(separator: words.comma),
                    address: Address("reports", report.id), updated: report.issuedAt,
                    category: report.template)
            }
            return AtomFeed(
                title: words["site_name"] + " · " + words["feed_reports"],
                id: "urn:groundwork:feed:reports", language: language, entries: entries)
        }
        return board.site.fetched(
            feed.text(own: context.address, absolute: board.site.linked(request)),
            as: "application/atom+xml", request)
    }
}
