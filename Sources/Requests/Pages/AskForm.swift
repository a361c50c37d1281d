import Catalogue
import Core
import Organization
import Web

/// Makes the form of one service.
struct AskForm {
    private let service: Service
    private let services: ServiceCatalogue
    private let routing: Routing
    private let context: AppContext
    private let words: Words

    init(
        _ service: Service, _ services: ServiceCatalogue, _ routing: Routing,
        _ context: AppContext, _ words: Words
    ) {
        (self.service, self.services, self.routing) = (service, services, routing)
        (self.context, self.words) = (context, words)
    }

    /// - Parameters:
    ///   - at: the code of a place that is known already, such as from a sign at a door.
    ///   - channels: how it came in, where staff write it down; nil at the page for everybody.
    func page(
        _ action: Address, _ sent: FormState?, at code: String?,
        channels: [(value: String, label: String)]?
    ) -> AskPage {
        let at = code.flatMap { routing.structure.unit(code: $0, on: routing.day) }
        let community = at.flatMap { routing.community(of: $0.unit) }
            .flatMap { routing.structure.version($0, on: routing.day) }
        let state =
            sent
            ?? FormState(
                context,
                offering: [
                    FilingField.place: community?.name ?? "",
                    FilingField.home: at?.form == services.desk.homeForm ? at?.code ?? "" : "",
                ])
        var parts = [place(state)]
        if let community { parts.append(home(community, state)) }
        parts += service.questions.map { question($0, state) }
        parts.append(
            state.lines(
                FilingField.words, words["ask_words"], rows: 4, isRequired: true,
                help: words["ask_words_help"]))
        parts.append(
            state.line(FilingField.address, words["ask_address"], help: words["ask_address_help"]))
        let contact = state.line(
            FilingField.contact, words["ask_contact"],
            isRequired: service.needsContact && channels == nil,
            help: words[service.needsContact ? "ask_contact_needed" : "ask_contact_help"],
            autocomplete: channels == nil ? "tel" : "off")
        var last = [contact]
        if let channels {
            last.append(
                state.choice(
                    FilingField.channel, words["ask_channel"],
                    options: [(value: "", label: words["ask_choose"])] + channels,
                    isRequired: true))
        }
        let names = [FilingField.place, FilingField.home, FilingField.words, FilingField.address]
        let rest = [FilingField.pictures, FilingField.contact, FilingField.channel]
        return AskPage(
            title: service.name[words.language], lead: service.about?[words.language],
            summary: state.summary(
                over: names + service.questions.map { FilingField.answer($0.id) } + rest),
            head: context.formHead(action, keeping: state.form),
            parts: parts, last: last, pictureFaults: Listed(state.sentences(FilingField.pictures)),
            pictureHelp: words[
                "ask_pictures_help",
                [
                    "count": String(FilingLimits.pictures),
                    "size": String(FilingLimits.pictureBytes >> 20),
                ]],
            submit: words["ask_go"], forOthers: channels == nil ? nil : words["requests_slip"])
    }

    private func place(_ state: FormState) -> FormPart {
        state.line(
            FilingField.place, words["ask_place"], isRequired: true,
            help: words["ask_place_help"],
            list: routing.communities.prefix(Self.placesLimit).map {
                (value: $0.name, label: $0.code)
            })
    }

    /// So many places are proposed.
    private static let placesLimit = 500

    private func home(_ community: UnitVersion, _ state: FormState) -> FormPart {
        state.choice(
            FilingField.home, words["ask_home"],
            options: [(value: "", label: words["ask_home_unknown"])]
                + routing.homes(in: community.unit).map { (value: $0.code, label: $0.name) },
            help: words["ask_home_help"])
    }

    private func question(_ question: ServiceQuestion, _ state: FormState) -> FormPart {
        let name = FilingField.answer(question.id)
        let label = question.ask[words.language]
        switch question.form {
        case .text: return state.line(name, label, isRequired: question.isRequired)
        case .number:
            return state.line(
                name, label, isRequired: question.isRequired, inputmode: "numeric")
        case .choice:
            return state.choice(
                name, label,
                options: [(value: "", label: words["ask_choose"])]
                    + question.options.map { (value: $0.id, label: $0.name[words.language]) },
                isRequired: question.isRequired)
        }
    }
}

extension RequestServices {
    /// How requests come in that staff write down, as the kind of the filing calls it.
    func channels(_ language: Language) -> [(value: String, label: String)] {
        let desk = services.desk
        let kind = district.catalogue.procedures[desk.procedure]?.last?.opening
            .flatMap { district.catalogue.kinds[$0.kind] }
        let options = kind?.field(desk.fields.channel)?.options ?? []
        return desk.channels.staff.compactMap { id in
            options.first { $0.id == id }.map { (value: id, label: $0.name[language]) }
        }
    }
}

/// The form of one service.
struct AskPage: Page {
    static let template = "requests/ask"

    let title: String
    let lead: String?
    let summary: FaultSummary?
    let head: FormHead
    let parts: [FormPart]
    /// What stands behind the photographs.
    let last: [FormPart]
    let pictureFaults: Listed<String>?
    let pictureHelp: String
    let submit: String
    let forOthers: String?
}

/// The number and the secret of a request, shown this once.
struct FiledPage: Page {
    static let template = "requests/filed"

    let title: String
    let lead: String
    let number: String
    let secret: String
    let service: String
    let statusHref: String
    let caseHref: String?
    /// The form whose draft is no longer needed.
    let draft: String
}
