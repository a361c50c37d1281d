import Accounts
import Catalogue
import Core
import Hummingbird
import Reports
import Storage
import Web

/// GET and POST …/sections/:section/sentence?slot=|at=. For whoever may write the report: one
/// sentence with what is said where its figure is zero or has no value, and from or below which
/// number it is told. A new one goes where its writer says.
struct ShapeSentence: Sendable {
    let desk: WritingDesk

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await page(context, nil, Query(request))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try AskedSection(context)
        return try await desk.app.submit(form, context, needs: .right(.write), at: "body_zh") {
            [desk] acting, db in
            let found = try desk.find(context, acting, db)
            try found.requireOpen()
            guard let key = asked.key, let section = found.version.body.section(key) else {
                throw Refusal.notFound
            }
            try desk.requireUnchanged(asked, since: try form.shown(), found, db)
            let said = try SaidSentence(form)
            let changed = try section.placing(said)
            let body = found.version.body.with(changed)
            try desk.check(changed, body, found, db)
            try desk.save(body, because: said.why, over: found, acting, db)
            return Address.section(key, of: found.writing.id).with("done", "report_saved")
        } again: { state in
            try await page(context, state, Query(request))
        }
    }

    private func page(
        _ context: AppContext, _ sent: FormState?, _ query: Query
    ) async throws -> Response {
        let words = desk.site.words(context)
        let asked = try AskedSection(context)
        let at = try sent?.form?.all("at").first ?? query.text("at") ?? ""
        let slot = try query.text("slot")
        let (sheet, trail) = try await desk.database.read { [desk] db in
            let found = try desk.find(context, db)
            guard found.mayWrite, let key = asked.key,
                let section = found.version.body.section(key)
            else { throw Refusal.notFound }
            let state =
                try sent
                ?? FormState(
                    context,
                    offering: Int(at).map { try section.offered($0) }
                        ?? desk.offered(slot ?? ""))
            return (
                SaidSentence.sheet(
                    state, at: at, section, SectionPage.Target(asked, found), context, words),
                desk.trail(words, found.writing, section: key)
            )
        }
        return desk.site.show(
            FormPage(words["report_sentence_title"], lead: words["report_sentence_lead"], sheet),
            context, trail: trail, status: sent?.status ?? .ok)
    }
}

extension WritingDesk {
    /// A sentence of its own for a figure: its name, then the number.
    fileprivate func offered(_ slot: String) -> [String: String] {
        guard let asked = Piece.read("[[\(slot)]]").first?.slot,
            let indicator = district.catalogue.indicators[asked.indicator]
        else { return [:] }
        let isEnglish = indicator.name.en.isEmpty
        return [
            "body_zh": "\(indicator.name.zh)[[\(slot)]]。",
            "body_en": isEnglish ? "" : "\(indicator.name.en): [[\(slot)]].",
            "sentence_after": "end",
        ]
    }
}

/// A sentence as its form says it.
struct SaidSentence {
    /// The sentence that it stands in place of; nil for a new one.
    let at: Int?
    /// The sentence behind which a new one goes; nil for the end.
    let after: Int?
    let chinese: WrittenText.Sentence
    let english: WrittenText.Sentence?
    let why: String

    init(_ form: Form) throws(Refusal) {
        var reader = FormReader(form)
        let limit = FormReader.reasonCharacters
        var chinese = WrittenText.Sentence(reader.line("body_zh", upTo: limit))
        chinese.zero = reader.optional("zero", upTo: limit)
        chinese.otherwise = reader.optional("otherwise", upTo: limit)
        func number(_ name: String) -> Int? {
            guard let text = reader.optional(name) else { return nil }
            if Int(text) == nil {
                reader.fault(name, zh: "请写整数。", en: "Write a whole number.")
            }
            return Int(text)
        }
        chinese.from = number("at_least")
        chinese.below = number("below")
        chinese.of = reader.optional("of")
        if chinese.of != nil, chinese.from == nil, chinese.below == nil {
            reader.fault(
                "of", zh: "写了依据，还要写“不低于”或“低于”。",
                en: "What it is measured by needs “at least” or “below”.")
        }
        let en = reader.optional("body_en", upTo: limit)
        var english = en.map { WrittenText.Sentence($0) }
        english?.zero = reader.optional("zero_en", upTo: limit)
        english?.otherwise = reader.optional("otherwise_en", upTo: limit)
        for (name, text) in [("body_zh", chinese.text), ("body_en", en ?? "")]
        where text.hasPrefix(">") || text.hasPrefix("＞") {
            reader.fault(name, zh: "句子不能以“>”开头。", en: "A sentence does not begin with “>”.")
        }
        why = reader.line("why_changed")
        at = Int(form.all("at").first ?? "")
        after = Int(form.all("sentence_after").first ?? "")
        try reader.check()
        self.chinese = chinese
        self.english = english
    }

    static func sheet(
        _ state: FormState, at: String, _ section: WritingBody.Section,
        _ target: SectionPage.Target, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        let places = SectionPage.sentences(of: section, words).enumerated().map {
            (
                value: String($0),
                label: words["report_sentence_behind", ["text": String($1.prefix(24))]]
            )
        }
        let place =
            Int(at) == nil
            ? [
                state.choice(
                    "sentence_after", words["field_sentence_after"],
                    options: [(value: "end", label: words["report_sentence_end"])] + places)
            ] : []
        var sheet = FormSheet(
            context.formHead(target.address.below("sentence"), keeping: state.form), state,
            [
                state.lines("body_zh", words["field_sentence"], rows: 3, isRequired: true),
                state.lines("body_en", words["field_body_en"], rows: 2),
                state.line("zero", words["field_zero"], help: words["report_sentence_zero_help"]),
                state.line("zero_en", words["field_zero_en"]),
                state.line(
                    "otherwise", words["field_otherwise"],
                    help: words["report_sentence_otherwise_help"]),
                state.line("otherwise_en", words["field_otherwise_en"]),
                state.line(
                    "at_least", words["field_at_least"], help: words["report_sentence_from_help"],
                    inputmode: "numeric"),
                state.line("below", words["field_below"], inputmode: "numeric"),
                state.line("of", words["field_of"], help: words["report_sentence_of_help"]),
            ] + place + [
                state.line("why_changed", words["field_why_changed"], isRequired: true)
            ], submit: words["report_desk_save"])
        sheet.hidden = [
            HiddenField("shown", String(target.found.version.number)), HiddenField("at", at),
        ]
        return sheet
    }
}

extension WritingBody.Section {
    /// The texts in both languages; English is empty where none was written.
    private var written: (zh: WrittenText, en: WrittenText?) {
        var faults: [Wording] = []
        return (
            WrittenText(text.zh, &faults), text.en.isEmpty ? nil : WrittenText(text.en, &faults)
        )
    }

    /// What stands in the form of a sentence.
    ///
    /// - Throws: `Refusal.notFound` where there is no such sentence.
    fileprivate func offered(_ at: Int) throws(Refusal) -> [String: String] {
        let (zh, en) = written
        guard zh.sentences.indices.contains(at) else { throw .notFound }
        let one = zh.sentences[at]
        let other = en.flatMap { $0.sentences.indices.contains(at) ? $0.sentences[at] : nil }
        return [
            "body_zh": one.text, "body_en": other?.text ?? "", "zero": one.zero ?? "",
            "zero_en": other?.zero ?? "", "otherwise": one.otherwise ?? "",
            "otherwise_en": other?.otherwise ?? "", "at_least": one.from.map(String.init) ?? "",
            "below": one.below.map(String.init) ?? "", "of": one.of ?? "",
        ]
    }

    /// The section with a sentence in its place.
    fileprivate func placing(_ said: SaidSentence) throws(Refusal) -> WritingBody.Section {
        var (zh, en) = written
        // The languages go together: one that was not written yet is begun with the Chinese.
        if en == nil, said.english != nil { en = zh }
        let other = said.english ?? WrittenText.Sentence(said.chinese.text)
        if let at = said.at {
            guard zh.replace(at, with: said.chinese) else { throw .notFound }
            _ = en?.replace(at, with: other)
        } else {
            zh.insert(said.chinese, after: said.after)
            en?.insert(other, after: said.after)
        }
        var section = self
        section.text = WritingBody.Said(zh: zh.text(.zh), en: en?.text(.en) ?? "")
        return section
    }
}

extension WrittenText {
    /// Where a sentence stands: its paragraph, and its place there.
    private func place(_ at: Int) -> (paragraph: Int, index: Int)? {
        var left = at
        for (number, paragraph) in paragraphs.enumerated() {
            if left < paragraph.sentences.count { return left < 0 ? nil : (number, left) }
            left -= paragraph.sentences.count
        }
        return nil
    }

    /// Puts a sentence in the place of another; false where there is none.
    fileprivate mutating func replace(_ at: Int, with sentence: Sentence) -> Bool {
        guard let place = place(at) else { return false }
        paragraphs[place.paragraph].sentences[place.index] = sentence
        return true
    }

    /// Puts a sentence behind another, or at the end.
    fileprivate mutating func insert(_ sentence: Sentence, after at: Int?) {
        if let place = at.flatMap({ place($0) }) {
            paragraphs[place.paragraph].sentences.insert(sentence, at: place.index + 1)
        } else if let last = paragraphs.indices.last {
            paragraphs[last].sentences.append(sentence)
        } else {
            paragraphs = [Paragraph(sentences: [sentence])]
        }
    }
}
