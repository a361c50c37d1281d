import Accounts
import Core
import Ledger
import Storage
import Web

/// How many steps of cases wait for a reader: the number beside the entry of the header.
func casesWaiting(_ district: District) -> Waiting {
    Waiting { reader, db in
        guard let account = reader.account else { return 0 }
        let filter = try CaseFilter.waiting(for: account, reader.access, district, db)
        return try CaseStore(db).count(filter)
    }
}

/// What of cases waits for a reader, on their desk: what is late, and what comes next.
func casesOnDesk(_ district: District, _ accounts: Accounts) -> DeskParts {
    { context, words, db in
        guard let acting = try accounts.acting(context.reader, db) else { return [] }
        let filter = try CaseFilter.waiting(for: acting.account, acting.access, district, db)
        let store = CaseStore(db)
        let count = try store.count(filter)
        let own = try mineOnDesk(district, acting, words, db)
        guard count > 0 else { return own }
        var late = filter
        late.lateAt = district.now()
        let lateCount = try store.count(late)
        let lines = try store.list(filter, limit: DeskPart.lineLimit * 2)
        let reader = try CaseRows.Reader(lines, acting, district, words, db)
        let all = Link(words["desk_cases_all"], .cases)
        let isLate = { (line: CaseLine) in line.owed?.isLate(at: district.now()) ?? false }
        var parts: [DeskPart] = []
        if lateCount > 0 {
            parts.append(
                DeskPart(
                    .late, words["desk_cases_late"], count: lateCount,
                    lines: lines.filter(isLate).map { reader.deskLine($0) }, all: all))
        }
        if count > lateCount {
            parts.append(
                DeskPart(
                    .soon, words["desk_cases_soon"], count: count - lateCount,
                    lines: lines.filter { !isLate($0) }.map { reader.deskLine($0) }, all: all))
        }
        return parts + own
    }
}

/// The way to the cases about the reader's own person, where there are any.
private func mineOnDesk(
    _ district: District, _ acting: ActingAccount, _ words: Words, _ db: Connection
) throws -> [DeskPart] {
    guard try !district.casesAbout(acting, limit: 1, db).isEmpty else { return [] }
    return [
        DeskPart(
            .next, words["my_cases_title"], all: Link(words["nav_my_cases"], .myCases),
            sentence: words["my_cases_lead"])
    ]
}

extension CaseRows.Reader {
    /// One case as it stands on a desk.
    fileprivate func deskLine(_ line: CaseLine) -> DeskPart.Line {
        let due = due(line)
        let address = Address.case(line.row.id).with("step", line.owed?.step)
        return DeskPart.Line(
            tag: due.tag.isEmpty ? nil : due.tag, style: due.style, label: name(line),
            note: turn(line), href: isSealed(line) ? nil : address.text,
            act: isSealed(line) ? nil : Link(words["desk_case_go"], address))
    }
}
