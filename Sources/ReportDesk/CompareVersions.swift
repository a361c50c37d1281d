import Accounts
import Core
import Hummingbird
import Reports
import Storage
import Web

/// GET /reports/desk/:id/versions?from=&to=. For whoever may see the report: who saved what and
/// why, and two versions sentence by sentence: which words were changed, and apart from these which
/// numbers moved because records did.
struct CompareVersions: Sendable {
    let desk: WritingDesk

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = Query(request)
        let (from, to) = (
            try query.text("from").flatMap(Int.init), try query.text("to").flatMap(Int.init)
        )
        let words = desk.site.words(context)
        let (page, trail) = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            let store = WritingStore(db)
            let all = try store.versions(of: found.writing.id)
            let newest = found.version.number
            func version(_ number: Int) throws -> WritingVersion {
                guard let one = try store.version(number, of: found.writing.id) else {
                    throw Refusal.notFound
                }
                return one
            }
            let later = try version(to ?? newest)
            let earlier = try version(from ?? max(1, later.number - 1))
            let names = try AccountStore(db).names(all.map(\.writtenBy))
            let page = VersionsPage(
                all, names, VersionPair(earlier, later),
                try VersionChange.all(earlier, later, found, desk, words, db), found, words)
            return (page, desk.trail(words, found.writing))
        }
        return desk.site.show(page, context, trail: trail)
    }
}

/// Two versions that are held against each other.
struct VersionPair {
    let earlier: WritingVersion
    let later: WritingVersion

    init(_ earlier: WritingVersion, _ later: WritingVersion) {
        self.earlier = earlier
        self.later = later
    }
}

/// One sentence that differs between two versions.
struct VersionChange: Sendable {
    enum Kind: String, Sendable { case added, removed, moved }

    let section: String
    let kind: Kind
    let text: String
    /// What it said before, where only its numbers moved.
    let before: String?

    /// The sentences that differ, section by section.
    static func all(
        _ earlier: WritingVersion, _ later: WritingVersion, _ found: FoundWriting,
        _ desk: WritingDesk, _ words: Words, _ db: Connection
    ) throws -> [VersionChange] {
        let old = try WritingReading(found, earlier.body, desk, words, db)
        let new = try WritingReading(found, later.body, desk, words, db)
        let gone = earlier.body.sections.map(\.key).filter { later.body.section($0) == nil }
        var changes: [VersionChange] = []
        for key in later.body.sections.map(\.key) + gone {
            let name = new.heading(later.body, key) ?? old.heading(earlier.body, key)
            let section = name ?? words["report_desk_opening"]
            let before = old.sentences(earlier.body, key)
            let after = new.sentences(later.body, key)
            let difference = after.map(\.source).difference(from: before.map(\.source))
            var (taken, added) = (Set<Int>(), Set<Int>())
            for change in difference {
                switch change {
                case .remove(let offset, _, _): taken.insert(offset)
                case .insert(let offset, _, _): added.insert(offset)
                }
            }
            changes += try taken.sorted().map { at in
                VersionChange(
                    section: section, kind: .removed,
                    text: try old.printed(before[at].sentence, at: earlier.position), before: nil)
            }
            for (at, one) in after.enumerated() {
                let text = try new.printed(one.sentence, at: later.position)
                if added.contains(at) {
                    changes.append(
                        VersionChange(section: section, kind: .added, text: text, before: nil))
                    continue
                }
                let said = try new.printed(one.sentence, at: earlier.position)
                if said != text {
                    changes.append(
                        VersionChange(section: section, kind: .moved, text: text, before: said))
                }
            }
        }
        return changes
    }
}

extension WritingReading {
    /// What a section is called where it is told; nil for one that is not, or has no heading.
    fileprivate func heading(_ body: WritingBody, _ key: Int) -> String? {
        body.sections.firstIndex { $0.key == key }.flatMap { told($0)?.heading }
    }

    /// The sentences of a section: as they are reckoned, and everything that was written of each,
    /// by which they are told apart.
    fileprivate func sentences(
        _ body: WritingBody, _ key: Int
    ) -> [(sentence: ReportTemplate.Sentence, source: [String])] {
        guard let place = body.sections.firstIndex(where: { $0.key == key }) else { return [] }
        let filled = (draft?.template ?? template).sections[place]
        let written = template.sections[place]
        return zip(filled.paragraphs.flatMap(\.sentences), written.paragraphs.flatMap(\.sentences))
            .map { filled, written in
                let instead = [written.zero, written.otherwise].map {
                    "\($0?.zh ?? "")|\($0?.en ?? "")"
                }
                let decides = written.condition.map {
                    "\($0.of ?? "")|\($0.from ?? 0)|\($0.below ?? 0)"
                }
                return (filled, [written.zh, written.en] + instead + [decides ?? ""])
            }
    }
}

/// The versions of a report, and two of them side by side.
struct VersionsPage: Page {
    static let template = "reportdesk/versions"

    let title: String
    let lead: String
    let action: String
    let from: Select
    let to: Select
    let changes: Listed<Change>?
    let same: String?
    let versions: [Version]

    struct Version: Sendable {
        let name: String
        let facts: String
        let why: String
        let href: String?
    }

    struct Change: Sendable {
        let section: String
        let tag: String
        let tagStyle: String
        let text: String
        let before: String?
    }

    init(
        _ all: [WritingVersion], _ names: [String: String], _ pair: VersionPair,
        _ changes: [VersionChange], _ found: FoundWriting, _ words: Words
    ) {
        title = words["report_versions_title"]
        let address = Address.writing(found.writing.id).below("versions")
        action = address.text
        lead =
            words[
                "report_versions_pair",
                ["from": String(pair.earlier.number), "to": String(pair.later.number)]]
        let options = all.map { (value: String($0.number), label: String($0.number)) }
        from = Select(
            name: "from", label: words["report_versions_from"],
            chosen: String(pair.earlier.number), options: options)
        to = Select(
            name: "to", label: words["report_versions_to"], chosen: String(pair.later.number),
            options: options)
        self.changes = Listed(
            changes.map { change in
                Change(
                    section: change.section,
                    tag: words["report_versions_\(change.kind.rawValue)"],
                    tagStyle: change.kind == .moved
                        ? "tag-blue" : change.kind == .added ? "tag-good" : "tag-warn",
                    text: change.text,
                    before: change.before.map { words["report_versions_before", ["text": $0]] })
            })
        same = changes.isEmpty ? words["report_versions_same"] : nil
        versions = all.map { version in
            Version(
                name: words["report_versions_one", ["count": String(version.number)]],
                facts: words[
                    "report_versions_facts",
                    [
                        "name": names[version.writtenBy] ?? "", "time": version.writtenAt.text,
                    ]],
                why: version.why.nonEmpty ?? words["report_desk_first"],
                href: version.number > 1
                    ? address.with("from", String(version.number - 1))
                        .with("to", String(version.number)).text : nil)
        }
    }
}
