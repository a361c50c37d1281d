import Accounts
import Core
import Hummingbird
import Organization
import Storage
import Web

/// GET /reports/desk. For whoever reads records: the reports that are written for their units.
struct ListWritings: Sendable {
    let desk: WritingDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let words = desk.site.words(context)
        let access = context.reader.access
        let page = try await desk.database.read { [desk] db in
            let sight = WritingSight(access, try desk.district.structure(db), on: desk.app.today)
            let list = try WritingStore(db).list(sight.condition)
            let names = try AccountStore(db).names(list.map(\.version.writtenBy))
            return WritingsPage(
                try list.map { one in
                    WritingsPage.Line(
                        one, try desk.stage(one.writing, db), sight.structure,
                        names[one.version.writtenBy] ?? "", words)
                }, newHref: access.may(.write) ? Address.newWriting.text : nil, words)
        }
        return desk.site.show(
            page, context, trail: [Link(words["nav_reports"], Address("reports"))])
    }
}

/// The reports that are written.
struct WritingsPage: Page {
    static let template = "reportdesk/writings"

    let title: String
    let lead: String
    let newHref: String?
    let lines: Listed<Line>?
    let none: String?

    struct Line: Sendable {
        let label: String
        let href: String
        let unit: String
        let state: String
        let stateStyle: String
        let saved: String

        init(
            _ one: WritingStore.Listed, _ stage: WritingStage, _ structure: Structure,
            _ name: String, _ words: Words
        ) {
            let period = Period(one.writing.period)
            let unit = period.flatMap {
                structure.nearestVersion(one.writing.unit, on: $0.lastDay)?.name
            }
            self.unit = unit ?? ""
            label =
                words[
                    "report_desk_called",
                    [
                        "title": one.version.body.title.words[words.language].open,
                        "period": period?.words[words.language] ?? one.writing.period,
                    ]]
            href = Address.writing(one.writing.id).text
            state = words["report_stage_\(stage.rawValue)"]
            stateStyle = stage.style
            saved =
                words[
                    "report_desk_saved",
                    [
                        "count": String(one.version.number), "name": name,
                        "time": one.version.writtenAt.text,
                    ]]
        }
    }

    init(_ lines: [Line], newHref: String?, _ words: Words) {
        title = words["report_desk_title"]
        lead = words["report_desk_lead"]
        self.newHref = newHref
        self.lines = Listed(lines)
        none = lines.isEmpty ? words["report_desk_none"] : nil
    }
}

extension String {
    /// A title while its unit and period are open.
    fileprivate var open: String { replacing(/\{[^}]*\}/, with: "…") }
}
