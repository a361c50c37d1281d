import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

extension CasePart.Act {
    var reasonField: String { "\(word)_reason" }
    var stepField: String { "\(word)_step" }

    static let unitField = "hand_on_unit"
    static let groundField = "pause_ground"
    static let untilField = "pause_until"

    /// What the program does with a case, where a kind of record for it is in the catalogue.
    fileprivate var kind: Kind.CaseAct? {
        switch self {
        case .takeBack: nil
        case .handOn: .handOn
        case .pause: .pause
        case .remind: .remind
        case .merge: .merge
        case .unmerge: .unmerge
        }
    }
}

extension CasePageMaker {
    /// What its reader may do with the case beside its steps.
    func acts(_ asked: Asked) -> [CasePart.ActForm] {
        CasePart.Act.allCases.filter(may).map { act in
            let state = asked.act == act ? asked.sent ?? FormState(context) : FormState(context)
            var sheet = FormSheet(
                context.formHead(.act(act, of: sight.reading.id), keeping: state.form), state,
                fields(act, state), note: note(act), submit: sight.words["case_\(act.word)_submit"])
            sheet.hidden = [HiddenField(StepForm.shownField, String(sight.reading.row.seq))]
            return CasePart.ActForm(
                actName: sight.words["case_\(act.word)"], isOpen: asked.act == act, sheet: sheet)
        }
    }

    private func may(_ act: CasePart.Act) -> Bool {
        let reading = sight.reading
        guard reading.state.end == nil || act == .takeBack else { return false }
        if act == .takeBack { return newestOwn != nil }
        let kinds = district.catalogue.kinds.values
        guard kinds.contains(where: { $0.caseAct == act.kind }) else { return false }
        let units = [reading.row.owner] + reading.obligations.map(\.holder)
        guard units.contains(where: { sight.acting.may(.write, in: $0) }) else { return false }
        let folded = reading.folded
        switch act {
        case .pause: return !reading.procedure.pauses.isEmpty
        case .merge: return folded.leadingMerge == nil && folded.merged.isEmpty
        case .unmerge: return folded.leadingMerge != nil
        case .takeBack, .handOn, .remind: return true
        }
    }

    /// The newest step that stands, where its reader wrote it and it is not the opening.
    private var newestOwn: CaseRecord? {
        let steps = sight.reading.standing.filter { $0.place.step != nil }
        guard let newest = steps.last, newest.seq > 1,
            newest.record.recordedBy == sight.acting.account.text
        else { return nil }
        return newest
    }

    private func note(_ act: CasePart.Act) -> String {
        guard act == .takeBack, let newest = newestOwn, let step = newest.place.step else {
            return sight.words["case_\(act.word)_text"]
        }
        return sight.words[
            "case_take_back_text",
            ["step": sight.says.name(step), "day": newest.record.happenedOn.description]]
    }

    private func fields(_ act: CasePart.Act, _ state: FormState) -> [FormPart] {
        let words = sight.words
        let reason = state.lines(
            act.reasonField, words["field_\(act.reasonField)"], rows: 2,
            isRequired: act != .remind, help: words["case_because_help"])
        let owed = sight.reading.state.obligations.map {
            (value: $0.step, label: sight.says.name($0.step))
        }
        let whole = [(value: "", label: words["case_whole"])]
        func steps(_ options: [(value: String, label: String)]) -> FormPart {
            state.choice(act.stepField, words["field_\(act.stepField)"], options: options)
        }
        switch act {
        case .takeBack: return [reason]
        case .handOn:
            let unit = state.line(
                CasePart.Act.unitField, words["field_hand_on_unit"], isRequired: true,
                help: words["entry_unit_help"])
            return [steps(whole + owed), unit, reason]
        case .pause:
            let grounds = sight.reading.procedure.pauses.map {
                (value: $0.id, label: $0.name[words.language])
            }
            return [
                steps(whole + owed),
                state.choice(
                    CasePart.Act.groundField, words["field_pause_ground"], options: grounds),
                state.line(
                    CasePart.Act.untilField, words["field_pause_until"], type: "date",
                    isRequired: true), reason,
            ]
        case .remind: return [steps(owed), reason]
        case .merge:
            let other = state.line(
                CaseMerge.otherField, words["field_\(CaseMerge.otherField)"], isRequired: true)
            return [other, reason]
        case .unmerge: return [reason]
        }
    }
}

/// POST /cases/:id/take-back, /hand-on, /pause, /remind, /merge, /unmerge. For whoever writes for a
/// unit that has the case or owes something in it; a step is taken back by whoever wrote it.
struct ActOnCase: Sendable {
    let app: Services
    let act: CasePart.Act

    static let fields: [String: SentField] = [StepForm.shownField: .carried]

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.id("id", of: Record.self)
        let form = try await context.form(request)
        return try await app.submit(form, context, needs: .signedIn) { acting, db in
            do {
                try change(id, form, acting, db)
            } catch Refusal.invalid(let faults) {
                throw Refusal.invalid(faults.map(placed))
            }
            return Address.case(id).with("done", done)
        } again: { state in
            var asked = CasePageMaker.Asked()
            asked.act = act
            asked.sent = state
            return try await ShowCase(app: app).show(id, asked, context)
        }
    }

    private var done: String {
        switch act {
        case .takeBack: "case_taken_back"
        case .handOn: "case_handed_on"
        case .pause: "case_paused"
        case .remind: "case_reminded"
        case .merge: "case_merged"
        case .unmerge: "case_unmerged"
        }
    }

    private func change(
        _ id: Record.ID, _ form: Form, _ acting: ActingAccount, _ db: Connection
    ) throws {
        let actor = CaseActor.account(acting)
        guard try app.district.tie(to: id, acting.access, as: nil, db) != nil else {
            throw Refusal.notFound
        }
        let reason = try form.lines(act.reasonField) ?? ""
        let step = try form.text(act.stepField)
        let shown = form.shown
        switch act {
        case .takeBack:
            try app.district.takeBack(in: id, shown: shown, because: reason, by: actor, db: db)
        case .handOn:
            let unit = try UnitReading(acting.structure, on: acting.today)
                .unit(try form.text(CasePart.Act.unitField) ?? "", at: CasePart.Act.unitField)
            try app.district.handOn(
                step, to: unit.unit, in: id, shown: shown, because: reason, by: actor, db: db)
        case .pause:
            let ground = try form.text(CasePart.Act.groundField) ?? ""
            guard let until = try form.text(CasePart.Act.untilField).flatMap({ Day($0) }) else {
                throw Refusal.invalid(
                    CasePart.Act.untilField, zh: "请填写暂停至哪一天。",
                    en: "Say until which day the clock stands.")
            }
            try app.district.pause(
                AskedPause(step, on: ground, until: until), in: id, shown: shown,
                because: reason, by: actor, db: db)
        case .remind:
            guard let step else { throw Refusal.notFound }
            try app.district.remind(step, in: id, because: reason, by: actor, db: db)
        case .merge:
            try app.district.merge(
                id, into: try form.text(CaseMerge.otherField) ?? "", shown: shown,
                because: reason, by: actor, db: db)
        case .unmerge:
            try app.district.unmerge(id, shown: shown, because: reason, by: actor, db: db)
        }
    }

    /// A fault under the name that its field has on this page.
    private func placed(_ fault: Fault) -> Fault {
        switch fault.fieldName {
        case Heading.reason.name: Fault(act.reasonField, fault.words)
        case CasePauseField.resumes: Fault(CasePart.Act.untilField, fault.words)
        default: fault
        }
    }
}
