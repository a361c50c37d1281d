import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// A case as one reader may see it.
struct CaseSight {
    let reading: CaseReading
    let says: CaseSays
    let view: View
    let acting: ActingAccount
    private let persons: [Person.ID: String]
    private let accounts: [String: String]

    /// How much of a case somebody sees.
    enum View: Sendable {
        /// Who may read such cases of its unit.
        case whole
        /// Who owes something in it: how it was opened, and the steps of their own units.
        case own(units: Set<OrgUnit.ID>)
        /// Whom it is about, or whom it names: every step that is not sealed.
        case named
    }

    var words: Words { says.words }
    var district: Catalogue { says.catalogue }

    init(
        _ reading: CaseReading, _ view: View, _ acting: ActingAccount, _ catalogue: Catalogue,
        _ words: Words, _ db: Connection
    ) throws {
        self.reading = reading
        self.view = view
        self.acting = acting
        says = CaseSays(words, catalogue, reading.fold, at: reading.moment)
        persons = try PersonStore(db: db).names(
            Set(reading.records.flatMap(\.persons).map(\.person)).sorted())
        accounts = try AccountStore(db).names(reading.records.map(\.record.recordedBy))
    }

    // MARK: Whom and what it is about

    /// Whom or what the case is about, as far as its reader may know.
    var about: String? {
        switch reading.procedure.subject.about {
        case .person(let role):
            reading.records.first?.persons.first { $0.role == role }.flatMap { persons[$0.person] }
        case .subject(let kind):
            reading.records.first?.subjects.first { $0.kind == kind }?.code
        case .unit, .nothing: unit(reading.row.unit)
        }
    }

    func unit(_ id: OrgUnit.ID) -> String {
        reading.structure.nearestVersion(id, on: says.today)?.name ?? "–"
    }

    /// Who wrote something; nil where that is for others to know.
    func writer(_ record: CaseRecord) -> String? {
        guard shows(record) else { return nil }
        return accounts[record.record.recordedBy]
    }

    /// Whether the reader sees what a record of the case says.
    func shows(_ record: CaseRecord) -> Bool {
        guard district.isSeen(record.record.kind, by: acting.access) else { return false }
        return switch view {
        case .whole, .named: true
        case .own(let units): record.seq <= 1 || units.contains(record.record.unit)
        }
    }

    /// Whether the page of a single record is theirs as well.
    var opensRecords: Bool {
        if case .whole = view { true } else { false }
    }

    // MARK: Holders

    /// How the page calls whoever owes a step.
    func holder(_ owed: CaseObligation) -> String {
        holder(owed.role, in: owed.holder)
    }

    /// How the page calls a role in a unit.
    func holder(_ role: String, in unit: OrgUnit.ID) -> String {
        if role == CaseRole.about { return about ?? words["procedure_by_about"] }
        if role == CaseRole.anybody { return self.unit(unit) }
        let prefix = CaseRole.persons("")
        if role.hasPrefix(prefix) {
            return named(String(role.dropFirst(prefix.count)))
        }
        let roles = CaseRole.roles(role).map { district.roles[$0]?.name[words.language] ?? $0 }
        return words[
            "case_holder",
            ["unit": self.unit(unit), "role": roles.joined(separator: words["case_or"])]]
    }

    /// Persons whom an earlier step names, with what they are.
    private func named(_ role: String) -> String {
        let found = reading.standing.flatMap(\.persons).filter { $0.role == role }
            .compactMap { persons[$0.person] }
        let kinds = reading.procedure.steps.compactMap { district.kinds[$0.kind] }
        let label = kinds.flatMap(\.persons).first { $0.id == role }?.label[words.language] ?? role
        guard !found.isEmpty else { return label }
        return words[
            "case_holder_persons",
            ["holder": label, "names": says.list(Array(Set(found)).sorted())]]
    }

    /// What one obligation of the fold is in the list of holders.
    func kept(_ owed: CaseState.Obligation) -> CaseObligation? {
        let same = reading.obligations.filter { $0.step == owed.step && $0.round == owed.round }
        return same.first { $0.holder.text == owed.each } ?? same.first
    }
}

extension District {
    /// A case as one account may see it.
    ///
    /// - Throws: `Refusal.notFound` for one that it may not know of, just as for none.
    func caseSight(
        _ id: Record.ID, _ acting: ActingAccount, _ words: Words, _ db: Connection
    ) throws -> CaseSight {
        guard let tie = try tie(to: id, acting.access, as: acting.account, db) else {
            throw Refusal.notFound
        }
        let reading = CaseReading(try folded(id, db), at: now())
        let view: CaseSight.View
        switch tie {
        case .scope: view = .whole
        case .holder:
            // Who owes something in a sealed matter and is on no list of names learns so much.
            guard catalogue.isSeen(reading.row.kind, by: acting.access) else {
                throw Refusal.notFound
            }
            view = .own(units: Set(caseHolders(acting.access).map(\.unit)))
        case .name: view = .named
        }
        return try CaseSight(reading, view, acting, catalogue, words, db)
    }
}

extension CaseFilter {
    /// What waits for an account: by the roles it holds, and by the name of its person.
    static func waiting(
        for account: Account.ID, _ access: Access, _ district: District, _ db: Connection
    ) throws -> CaseFilter {
        var filter = CaseFilter(in: .everything)
        filter.holders = district.caseHolders(access)
        if let person = try AccountStore(db).person(of: account) {
            filter.persons = try PersonStore(db: db).entries(of: person)
        }
        return filter
    }
}
