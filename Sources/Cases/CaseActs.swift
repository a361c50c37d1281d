import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

extension Message.Event {
    static let caseReminder = Message.Event("case_reminder")
    static let caseLate = Message.Event("case_late")
    static let caseHanded = Message.Event("case_handed")
    /// To whom a case is about: something of it is to be read.
    static let caseTold = Message.Event("case_told")
}

/// What may be done with any case beside its steps: each is a record of a kind that says so.
extension District {
    /// Hands on what a unit owes, or the case itself: another holds it, and the clock runs on.
    ///
    /// - Parameter step: what is handed on; nil for the case and everything it owes later.
    package func handOn(
        _ step: String?, to unit: OrgUnit.ID, in id: Record.ID, shown: Int, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        try write.act(.handOn, about: step, because: try Self.reason(reason)) { entry in
            entry.place = unit
        }
        try write.post("case.handed_on")
        try tell(.caseHanded, in: unit, id, by: actor, db)
    }

    /// Stops a clock on a ground that the procedure names, until it goes on on a day.
    package func pause(
        _ asked: AskedPause, in id: Record.ID, shown: Int, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        let reason = try Self.reason(reason)
        try write.requirePause(asked.ground, until: asked.until)
        try write.act(.pause, about: asked.step, because: reason) { entry in
            entry.fields[CasePauseField.ground] = asked.ground
            entry.fields[CasePauseField.resumes] = "\(asked.until)"
        }
        try write.post("case.paused")
    }

    /// Lets a clock run on before its pause is over.
    package func resume(
        _ step: String?, in id: Record.ID, shown: Int, because reason: String,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        try write.requireShown(shown)
        try write.act(.resume, about: step, because: try Self.reason(reason)) { _ in }
        try write.post("case.resumed")
    }

    /// Reminds whoever owes a step, and writes that they were.
    package func remind(
        _ step: String, in id: Record.ID, because reason: String, by actor: CaseActor,
        db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        let owed = try CaseStore(db).obligations(of: [id])[id, default: []]
            .filter { $0.step == step }
        guard !owed.isEmpty else {
            throw Refusal.conflict(zh: "现在没有人须办这一步。", en: "Nobody owes this step now.")
        }
        let sent = write.folded.records.filter {
            write.folded.act($0) == .remind && $0.record.fields[CaseField.step] == step
                && $0.record.happenedOn == write.today
        }
        guard sent.count < CaseLimits.remindersPerDay else {
            throw Refusal.conflict(
                zh: "同一步一天最多催办\(CaseLimits.remindersPerDay)次。",
                en: "A step is reminded of at most \(CaseLimits.remindersPerDay) times a day.")
        }
        try write.act(.remind, about: step, because: reason) { _ in }
        try write.post("case.reminded")
        for one in owed { try tell(.caseReminder, in: one.holder, id, by: actor, db) }
    }

    /// Writes down that the outcome of a step reached whom it concerns: what runs from there
    /// begins.
    package func deliver(
        _ step: String, on day: Day, saying fields: [String: String] = [:], in id: Record.ID,
        by actor: CaseActor, db: Connection
    ) throws {
        var write = try CaseWrite(id, self, by: actor, db)
        guard let newest = write.folded.steps.last(where: { $0.step.step == step }),
            newest.step.told == nil
        else { throw Refusal.notFound }
        guard day >= newest.step.at.day, day <= write.today else {
            throw Refusal.invalid([
                Fault(
                    Wording(zh: "送达日期", en: "Day of delivery"), at: Heading.day.name,
                    zh: "送达日期须在办理之后、今天之前。",
                    en: "It was delivered after the step and not after today.")
            ])
        }
        try write.act(.deliver, about: step, because: "", on: day) { entry in
            entry.fields.merge(fields) { own, _ in own }
        }
        try write.post("case.delivered")
    }

    /// Puts a message into the outbox of those who write for a unit.
    func tell(
        _ event: Message.Event, in unit: OrgUnit.ID, _ id: Record.ID, by actor: CaseActor,
        _ db: Connection
    ) throws {
        let moment = now()
        let readers = try writers(in: [unit], on: moment.day, db)[unit] ?? []
        guard let place = Address(local: CasePlace.path(id)) else { return }
        for account in readers.sorted().prefix(CaseLimits.readersPerUnit) {
            try Outbox(db).put(event, to: account, at: place, by: actor.actor, moment)
        }
    }
}

/// For how long a clock of a case is to stand, and why.
package struct AskedPause: Sendable, Hashable {
    /// Whose clock stands; nil for all.
    package let step: String?
    /// One of the grounds that the procedure names.
    package let ground: String
    /// The day on which it goes on.
    package let until: Day

    package init(_ step: String?, on ground: String, until day: Day) {
        self.step = step
        self.ground = ground
        until = day
    }
}

/// How much of a case is written, told or read at once.
package enum CaseLimits {
    /// So often a step is reminded of in a day.
    package static let remindersPerDay = 3
    /// So many of those who write for a unit are told.
    static let readersPerUnit = 20
    /// So many cases are read and written in one commit.
    static let batch = 500
    /// So many cases are merged into one.
    package static let merged = 300
    /// The longest pause of a ground that names none.
    static let pauseDays = 183
}

extension CaseWrite {
    /// Adds the record of what is done with the case.
    mutating func act(
        _ act: Kind.CaseAct, about step: String?, because reason: String, on day: Day? = nil,
        _ fill: (inout Entry) -> Void
    ) throws {
        if let step, procedure.step(step) == nil { throw Refusal.notFound }
        guard folded.fold.state(at: moment).end == nil || act == .deliver || act == .overturn
        else {
            throw Refusal.conflict(zh: "这件办件已经办结。", en: "The case has ended.")
        }
        try requireWriter()
        let kind = try kind(of: act)
        var entry = Entry(
            kind: kind.id, unit: folded.structure.standing(for: folded.units.owner, on: today),
            happenedOn: day ?? today)
        if day == nil { entry.minute = moment.minute }
        entry.measures = kind.measures.map { _ in nil }
        if let step { entry.fields[CaseField.step] = step }
        let words = try Refusal.cleaned(reason, at: Heading.reason.name, lines: true).trimmed
        if !words.isEmpty {
            entry.privates[kind.privates.first?.id ?? PrivateValues.reason] = words
        }
        fill(&entry)
        add(entry)
    }

    /// It is done by who writes for the unit that answers for it, or for one that owes something.
    private func requireWriter() throws {
        guard let acting = actor.acting else { return }
        let state = folded.fold.state(at: moment)
        let units = folded.obligations(state, at: moment).map(\.holder)
        let mine = [folded.structure.standing(for: folded.units.owner, on: today)] + units
        guard mine.contains(where: { acting.may(.write, in: $0) }) else {
            throw Refusal.notAllowed
        }
    }

    /// The ground is one of the procedure's, and the sum of its pauses within what it allows.
    func requirePause(_ ground: String, until day: Day) throws {
        guard let found = procedure.pauses.first(where: { $0.id == ground }) else {
            throw Refusal.notFound
        }
        let most = found.most.flatMap { days($0) } ?? CaseLimits.pauseDays
        let earlier = folded.records.filter {
            $0.stands && folded.act($0) == .pause
                && $0.record.fields[CasePauseField.ground] == ground
        }.reduce(0) { sum, record in
            let goesOn = record.record.fields[CasePauseField.resumes].flatMap { Day($0) }
            return sum + max(0, (goesOn?.number ?? 0) - record.record.happenedOn.number)
        }
        let asked = day.number - today.number
        guard asked > 0, earlier + asked <= most else {
            throw Refusal.invalid([
                Fault(
                    found.name, at: CasePauseField.resumes,
                    zh: "恢复计时须在今天以后，同一情形合计最多\(most)天，已用\(earlier)天。",
                    en: """
                        The clock goes on after today; this ground has \(most) days in all, of \
                        which \(earlier) are used.
                        """)
            ])
        }
    }

    /// A length in days of the calendar.
    private func days(_ length: Procedure.Length) -> Int? {
        switch length {
        case .fixed(let fixed): fixed.days(from: today)
        case .rule(let id):
            folded.world.rule(id, today).flatMap(Deadline.Length.init)?.days(from: today)
        default: nil
        }
    }
}
