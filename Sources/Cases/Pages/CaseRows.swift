import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// The lines of a list of cases, as they are shown.
struct CaseRows {
    let reader: Reader

    init(_ reader: Reader) { self.reader = reader }

    /// In the order of the list, those that stand alike under one heading.
    func groups(_ lines: [CaseLine], isClosed: Bool) -> [CasesPage.Group] {
        let words = reader.words
        var order: [String] = []
        var groups: [String: [CasesPage.Row]] = [:]
        for line in lines {
            let group = isClosed ? "closed" : reader.group(line)
            if groups[group] == nil { order.append(group) }
            groups[group, default: []].append(reader.row(line))
        }
        return order.map {
            CasesPage.Group(heading: words["cases_group_\($0)"], rows: groups[$0] ?? [])
        }
    }

    /// Reads what lines say beside their rows: names, and what is owed in each.
    struct Reader {
        let words: Words
        private let acting: ActingAccount
        private let district: District
        private let owed: [Record.ID: [CaseObligation]]
        private let persons: [Person.ID: String]
        private let now: Moment

        init(
            _ lines: [CaseLine], _ acting: ActingAccount, _ district: District, _ words: Words,
            _ db: Connection
        ) throws {
            self.words = words
            self.acting = acting
            self.district = district
            now = district.now()
            owed = try CaseStore(db).obligations(of: Array(Set(lines.map(\.row.id))).sorted())
            let ids = lines.compactMap(\.row.about).map { Person.ID(trusted: $0) }
            persons = try PersonStore(db: db).names(Array(Set(ids)).sorted())
        }

        private var today: Day { now.day }
        private var catalogue: Catalogue { district.catalogue }

        private func procedure(_ line: CaseLine) -> Procedure? {
            let texts = catalogue.procedures[line.row.procedure]
            return texts?.first { $0.version == line.row.version } ?? texts?.last
        }

        /// What presses most in a case.
        private func pressing(_ line: CaseLine) -> CaseObligation? {
            line.owed ?? owed[line.row.id]?.min { $0.latest < $1.latest }
        }

        func group(_ line: CaseLine) -> String {
            guard let pressing = pressing(line), pressing.hasDeadline else { return "open" }
            if pressing.isLate(at: now) { return "late" }
            return days(pressing) <= CaseList.soonDays ? "soon" : "open"
        }

        private func days(_ owed: CaseObligation) -> Int { lastDay(owed).number - today.number }

        private func lastDay(_ owed: CaseObligation) -> Day {
            Moment(milliseconds: owed.latest.milliseconds - 1).day
        }

        /// Whether the case is one whose list of names its reader is not on: it has no name then.
        func isSealed(_ line: CaseLine) -> Bool {
            !catalogue.isSeen(line.row.kind, by: acting.access)
        }

        func row(_ line: CaseLine) -> CasesPage.Row {
            let due = due(line)
            return CasesPage.Row(
                caseName: name(line),
                caseHref: isSealed(line) ? nil : Address.case(line.row.id).text,
                caseNumber: isSealed(line) ? "" : line.row.number, caseUnit: unit(line.row.owner),
                stageName: stage(line), turnText: turn(line),
                dueTag: due.tag.isEmpty ? nil : due.tag, dueStyle: due.style, dueText: due.text)
        }

        func name(_ line: CaseLine) -> String {
            guard !isSealed(line) else { return words["case_sealed_about"] }
            let name = procedure(line)?.name[words.language] ?? line.row.procedure
            let about = line.row.about.flatMap { persons[Person.ID(trusted: $0)] }
            return about.map { words["case_title", ["about": $0, "procedure": name]] } ?? name
        }

        private func unit(_ id: OrgUnit.ID) -> String {
            acting.structure.nearestVersion(id, on: today)?.name ?? "–"
        }

        private func stage(_ line: CaseLine) -> String {
            guard !isSealed(line) else { return "" }
            if let end = line.row.end, let day = line.row.closedAt?.day {
                let name = procedure(line)?.ends.first { $0.id == end }?.name[words.language]
                return words["cases_ended", ["end": name ?? end, "day": day.description]]
            }
            return procedure(line)?.stage(line.row.stage)?[words.language] ?? ""
        }

        /// Whose turn it is, and for what.
        func turn(_ line: CaseLine) -> String {
            guard !isSealed(line) else { return words["case_holder_sealed"] }
            let all = line.owed.map { [$0] } ?? owed[line.row.id] ?? []
            guard let first = all.first, let procedure = procedure(line) else { return "" }
            let names = StepNames(procedure, catalogue, words)
            let text = words[
                "cases_turn_of",
                ["holder": holder(first), "step": names[first.step]]]
            return all.count == 1
                ? text
                : words["cases_turn_more", ["turn": text, "count": (all.count - 1).grouped]]
        }

        private func holder(_ owed: CaseObligation) -> String {
            let roles = CaseRole.roles(owed.role).compactMap {
                catalogue.roles[$0]?.name[words.language]
            }
            let unit = unit(owed.holder)
            if owed.role == CaseRole.about { return words["procedure_by_about"] }
            return roles.isEmpty
                ? unit
                : words[
                    "case_holder",
                    ["unit": unit, "role": roles.joined(separator: words["case_or"])]]
        }

        func due(_ line: CaseLine) -> (tag: String, style: String, text: String) {
            guard line.row.closedAt == nil, let pressing = pressing(line) else {
                return ("", "", "")
            }
            if let earliest = pressing.earliest, now < earliest {
                return (words["case_standing_early"], "", earliest.day.description)
            }
            guard pressing.hasDeadline else { return ("", "", words["cases_due_none"]) }
            let (left, day) = (days(pressing), lastDay(pressing).description)
            let count = words.counted(abs(left), "case_day")
            if pressing.isLate(at: now) {
                let tag =
                    left < 0
                    ? words["cases_tag_late", ["days": count]] : words["case_standing_late"]
                return (tag, "tag-seal", day)
            }
            if left == 0 { return (words["cases_tag_today"], "tag-warn", day) }
            return (
                words["cases_tag_days", ["days": count]],
                left <= CaseList.soonDays ? "tag-warn" : "", day
            )
        }

        func cells(_ line: CaseLine) -> [TableCell] {
            let pressing = line.row.closedAt == nil ? pressing(line) : nil
            return [
                .text(isSealed(line) ? "" : line.row.number),
                .text(
                    isSealed(line)
                        ? words["case_sealed_about"]
                        : procedure(line)?.name[words.language] ?? line.row.procedure),
                .text(unit(line.row.owner)), .text(stage(line)), .text(turn(line)),
                .day(pressing.flatMap { $0.hasDeadline ? lastDay($0) : nil }),
                .day(line.row.openedAt.day),
            ]
        }
    }
}
