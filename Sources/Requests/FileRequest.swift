import Accounts
import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage

/// The requests of a district: what may be asked for, and the one door by which it is.
package struct Requests: Sendable {
    package let district: District
    package let services: ServiceCatalogue
    let gate: FilingGate

    /// - Parameter services: what was read before; read from the district's folders unless given.
    /// - Throws: `BrokenCatalogue` for services that are not understood.
    package init(_ district: District, services: ServiceCatalogue? = nil) throws {
        self.district = district
        self.services =
            try services ?? ServiceCatalogue(folders: district.folders, district.catalogue)
        gate = FilingGate(now: district.now)
    }

    /// Files a request in one commit: its case, with the words of whoever asked sealed, and what
    /// opens it again. The same form sent once more answers with what it made before.
    ///
    /// - Parameter form: tells this filing from every other, such as the key of a form; nobody else
    ///   may be able to guess it.
    /// - Throws: `Refusal` with each fault beside its field, named by `FilingField`.
    package func file(
        _ filing: Filing, by filer: Filer, form: String, db: Connection
    ) throws -> Filed {
        let secrets = RequestSecret(district)
        let store = RequestStore(db)
        let formMark = secrets.mark(ofForm: form)
        if let id = try store.made(byForm: formMark) {
            return try filed(id, secrets.secret(of: id, form: form), isNew: false, db)
        }
        let ready = try ReadyFiling(filing, filer, self, district.structure(db))
        let contactMark = ready.contact.map(secrets.mark(ofContact:))
        let moment = filing.askedAt ?? district.now()
        if let contactMark, !filer.isStaff {
            let since = Moment(milliseconds: moment.milliseconds - 86_400_000)
            guard
                try store.count(contact: contactMark, since: since) < FilingLimits.perContact
            else {
                throw Refusal.conflict(
                    zh: "这个联系方式今天已提交\(FilingLimits.perContact)件，请明天再提交，或打电话。",
                    en: """
                        \(FilingLimits.perContact) requests came from this contact today: ask \
                        tomorrow, or by telephone.
                        """)
            }
        }
        let id = try district.openCase(
            services.desk.procedure, values: [:], opening: ready.opening(services.desk, moment),
            at: ready.home.unit, by: filer.caseActor, db: db)
        if !filing.pictures.isEmpty, let record = try store.filing(of: id) {
            try district.add(filing.pictures, to: record, by: filer.actor, db)
        }
        let secret = secrets.secret(of: id, form: form)
        try store.insert(
            RequestRow(
                id: id, service: ready.service.id, channel: ready.channel, place: ready.place.unit,
                home: ready.home.unit, filedAt: moment, secretMark: secrets.mark(of: secret, id)),
            formMark: formMark, contactMark: contactMark)
        return try filed(id, secret, isNew: true, db)
    }

    /// The same in a commit of its own.
    package func file(_ filing: Filing, by filer: Filer, form: String) async throws -> Filed {
        try await district.database.write { db in
            try file(filing, by: filer, form: form, db: db)
        }
    }

    /// Whether a form was taken in before.
    func isFiled(_ form: String, _ db: Connection) throws -> Bool {
        let mark = RequestSecret(district).mark(ofForm: form)
        return try RequestStore(db).made(byForm: mark) != nil
    }

    /// What a form made that was taken in before.
    ///
    /// - Throws: `Refusal.notFound` for one that was not.
    func filed(again form: String, _ db: Connection) throws -> Filed {
        let secrets = RequestSecret(district)
        guard let id = try RequestStore(db).made(byForm: secrets.mark(ofForm: form)) else {
            throw Refusal.notFound
        }
        return try filed(id, secrets.secret(of: id, form: form), isNew: false, db)
    }

    /// Looks at a filing without making anything of it.
    ///
    /// - Returns: the code of the community it is in.
    func check(_ filing: Filing, by filer: Filer, _ db: Connection) throws -> String {
        try ReadyFiling(filing, filer, self, district.structure(db)).place.code
    }

    /// What is known of the request with a number; nil for none.
    func row(numbered number: String, _ db: Connection) throws -> RequestRow? {
        guard let row = try CaseStore(db).find(number: number, in: .everything) else { return nil }
        return try RequestStore(db).find(row.id)
    }

    private func filed(
        _ id: Record.ID, _ secret: String, isNew: Bool, _ db: Connection
    ) throws -> Filed {
        guard let row = try CaseStore(db).find(id, in: .everything) else { throw Refusal.notFound }
        return Filed(id: id, number: row.number, secret: secret, isNew: isNew)
    }
}

extension Filer {
    var isStaff: Bool {
        if case .staff = self { true } else { false }
    }

    var actor: Actor { caseActor.actor }

    var caseActor: CaseActor {
        switch self {
        case .requester: .machine(.visitor)
        case .staff(let acting): .account(acting)
        case .program(let actor): .machine(actor)
        }
    }
}
