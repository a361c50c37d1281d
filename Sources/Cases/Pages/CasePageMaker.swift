import Accounts
import Catalogue
import Core
import Ledger
import Organization
import Storage
import Web

/// Makes the page of a case for one reader.
struct CasePageMaker {
    let sight: CaseSight
    /// What may be done now, by this reader and by others.
    let all: [CaseAct]
    let context: AppContext
    let district: District
    let proposes: StepProposals
    let db: Connection

    /// So many reasons, of so many steps, are told at once.
    static let whyLimit = 3
    /// So many lines of the story stand on one page.
    static let storyLimit = 30

    private var words: Words { sight.words }
    private var says: CaseSays { sight.says }
    private var reading: CaseReading { sight.reading }
    private var id: Record.ID { reading.id }

    /// What is asked of a page: the step whose form is open, a form that was refused, and where the
    /// story goes on.
    struct Asked {
        var step: String?
        var sent: FormState?
        /// The act whose small form was refused.
        var act: CasePart.Act?
        var keyset = Keyset(after: nil, limit: CasePageMaker.storyLimit)
    }

    func page(_ asked: Asked) throws -> CasePage {
        let mine = all.filter(\.may)
        let open =
            mine.first { $0.step.id == asked.step } ?? mine.first { $0.isOwed } ?? mine.first
        let name = reading.procedure.name[words.language]
        let line = StepLine(says)
        let (story, next) = try self.story(asked.keyset)
        let papers = self.papers
        return CasePage(
            title: sight.about.map {
                words["case_title", ["about": $0, "procedure": name]]
            } ?? name,
            lead: lead(line), stops: line.stops, turns: Listed(turns),
            over: over, refused: refused(asked, open?.step.id),
            form: try open.flatMap { try form($0, asked) },
            others: Listed(mine.filter { $0.step.id != open?.step.id }.map(other)),
            votes: Listed(votes), whys: whys, acts: Listed(acts(asked)), papers: Listed(papers),
            papersLabel: words["case_papers", ["count": papers.count.grouped]],
            papersHref: sight.opensRecords ? Address.case(id).below("papers").text : nil,
            story: story,
            pager: asked.keyset.pager(next: next, at: Address.case(id)),
            clocks: clocks, facts: Listed(facts))
    }

    /// What was refused of a step whose form is not on the page.
    private func refused(_ asked: Asked, _ open: String?) -> Listed<String>? {
        guard asked.act == nil, asked.step != open, let sent = asked.sent else { return nil }
        return Listed(sent.faults.map { $0.words[words.language] })
    }

    // MARK: Above

    private func lead(_ line: StepLine) -> String {
        let lead = words[
            "case_lead",
            [
                "unit": sight.unit(reading.row.owner),
                "procedure": reading.procedure.name[words.language],
                "done": line.done.grouped,
            ]]
        return words["case_lead_number", ["lead": lead, "number": reading.row.number]]
    }

    private var turns: [TurnLine] {
        reading.state.obligations.compactMap { owed in
            sight.kept(owed).map { says.turn(owed, of: sight.holder($0)) }
        }
    }

    private var over: String? {
        guard let end = reading.state.end else {
            return reading.state.obligations.isEmpty ? words["case_nobody"] : nil
        }
        return words["case_over", ["end": says.end(end.end), "day": says.time(end.at)]]
    }

    // MARK: What can be done

    private func other(_ act: CaseAct) -> CasePage.Other {
        CasePage.Other(
            otherName: says.name(act.step.id),
            otherNote: words[act.isOwed ? "case_owed_note" : "case_permitted_note"],
            otherHref: Link("", Address.case(id).with("step", act.step.id), at: "form").href)
    }

    private func form(_ act: CaseAct, _ asked: Asked) throws -> StepForm? {
        guard let kind = district.catalogue.kinds[act.step.kind] else { return nil }
        let state =
            asked.act == nil && asked.step == act.step.id ? asked.sent : nil
        let step = says.name(act.step.id)
        let owed = reading.state.obligations.first { $0.step == act.step.id }
        var setting = StepForm.Setting(
            head: context.formHead(.step(act.step.id, of: id), keeping: state?.form),
            title: words["case_now", ["step": step]],
            submit: words["case_submit", ["step": step]])
        setting.note = owed.map { owed in
            let holder = sight.kept(owed).map(sight.holder) ?? ""
            let note = words["case_now_note", ["holder": holder]]
            return says.isLate(owed) ? note + words["case_late_note"] : note
        }
        setting.hidden = [HiddenField(StepForm.shownField, String(reading.row.seq))]
        setting.known = Set(known(kind) + [.unit, .ref])
        if act.step.each != nil, let unit = act.each.map({ sight.code($0) }) {
            setting.hidden.append(HiddenField(Heading.unit.name, unit))
        }
        var said = state?.form.map { EntrySheet(kind, $0).said } ?? [:]
        if state == nil { said[Heading.day.name] = says.today.description }
        if state == nil, let proposed = try proposes(reading, act.step.id, db) {
            for (heading, value) in proposed.values { said[heading.name] = value }
            setting.note = (setting.note ?? "") + proposed.why[words.language]
        }
        return StepForm(
            kind, state ?? FormState(context), said: said, setting,
            places: sight.acting.places(for: kind), register: district.catalogue.register, words)
    }

    /// Whom the case is about need not be written again.
    private func known(_ kind: Kind) -> [Heading] {
        guard case .person(let role) = reading.procedure.subject.about,
            kind.persons.contains(where: { $0.id == role })
        else { return [] }
        return [.person(role)]
    }

    // MARK: Why not yet

    private var whys: [CasePage.Why] {
        guard reading.state.end == nil else { return [] }
        // What somebody owes and may not take yet comes before what waits for it.
        var met: Set<String> = []
        let early = all.filter { $0.isOwed && met.insert($0.step.id).inserted }
            .map { (step: $0.step.id, refused: refusals($0.step.id)) }
        let waiting = reading.state.line.filter { $0.standing == .waiting }.map(\.step)
        let ahead =
            waiting.first { id in
                let stage = reading.procedure.step(id)?.stage
                return stage != nil && stage != reading.state.stage
            } ?? waiting.first
        let next = (ahead.map { [$0] } ?? []).map { step in
            (step: step, refused: refusals(step))
        }
        return (early + next).lazy.compactMap { step, refused in
            says.whyNotYet(step, refused).map { why in
                CasePage.Why(
                    whyTitle: words["case_why_title", ["step": why.stepName]],
                    reasons: why.lines)
            }
        }.prefix(Self.whyLimit).map(\.self)
    }

    private func refusals(_ step: String) -> [CaseRefusal] {
        let asked = CaseStep(
            step: step, at: CaseTime(says.today, minute: reading.moment.minuteOfDay))
        let all = reading.fold.refusals(of: asked).refused + reading.fold.outlook(of: asked)
        var met: Set<CaseRefusal> = []
        return all.filter { met.insert($0).inserted }
    }

    private var votes: [VoteLine] {
        let owed = reading.state.obligations.map(\.step)
        let before = owed.compactMap(says.voteBefore)
        let after = reading.state.standing.values.compactMap(\.last).sorted { $0.at < $1.at }
            .compactMap(says.voteAfter)
        return before + after
    }

    private var papers: [CasePage.Paper] {
        reading.procedure.steps.flatMap { step in
            step.papers.map { paper in
                let at = reading.state.standing[step.id]?.last?.at
                return CasePage.Paper(
                    paperName: words["case_paper", ["step": says.name(step.id)]],
                    paperNote: at.map { words["case_paper_made", ["day": says.time($0)]] }
                        ?? words["case_paper_missing"])
            }
        }
    }
}

extension CaseSight {
    func code(_ unit: OrgUnit.ID) -> String {
        reading.structure.nearestVersion(unit, on: says.today)?.code ?? unit.text
    }
}
