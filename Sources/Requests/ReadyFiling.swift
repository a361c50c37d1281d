import Catalogue
import Core
import Ledger
import Organization

/// The fields of a filing, as forms and faults call them.
package enum FilingField {
    package static let place = "place"
    package static let home = "home"
    package static let words = "words"
    package static let address = "address"
    package static let contact = "contact"
    package static let channel = "channel"
    package static let pictures = "pictures"

    /// The field of a question.
    package static func answer(_ question: String) -> String { "answer." + question }
}

/// A filing whose service, place and answers were found in order.
struct ReadyFiling {
    let service: Service
    let place: UnitVersion
    /// Where the case is opened.
    let home: UnitVersion
    let words: String
    let address: String?
    let contact: String?
    let channel: String
    private let answers: String
    private let severity: String

    /// - Throws: `Refusal` with each fault beside its field.
    init(
        _ filing: Filing, _ filer: Filer, _ requests: Requests, _ structure: Structure
    ) throws {
        let today = requests.district.now().day
        let services = requests.services
        guard let service = services[filing.service], service.isOffered(on: today) else {
            throw Refusal.notFound
        }
        let routing = Routing(services, structure, on: today)
        guard let community = routing.community(of: filing.place),
            let place = structure.version(community, on: today)
        else { throw Self.noPlace }
        let homes = routing.homes(in: community)
        guard let home = homes.first(where: { $0.unit == filing.place }) ?? homes.first else {
            throw Self.noHome(place)
        }
        var reading = FilingReading(service, services, requests.district.catalogue)
        words = reading.words(filing.words)
        address = reading.line(filing.address, at: FilingField.address, upTo: FilingLimits.answer)
        contact = reading.contact(filing.contact, isNeeded: service.needsContact && !filer.isStaff)
        channel = reading.channel(filing.channel, of: filer)
        (answers, severity) = reading.answers(filing.answers)
        if filing.pictures.count > FilingLimits.pictures { reading.tooManyPictures() }
        guard reading.faults.isEmpty else { throw Refusal.invalid(reading.faults) }
        (self.service, self.place, self.home) = (service, place, home)
    }

    /// What the filing step says.
    func opening(_ desk: ServiceDesk, _ moment: Moment) -> [Heading: String] {
        var values: [Heading: String] = [
            .day: "\(moment.day)", .minute: String(moment.text.suffix(5)),
            .field(desk.fields.service): service.id,
            .field(desk.fields.category): service.category,
            .field(desk.fields.severity): severity, .field(desk.fields.channel): channel,
            .privateValue(desk.fields.words): words,
        ]
        if !answers.isEmpty { values[.privateValue(desk.fields.answers)] = answers }
        values[.privateValue(desk.fields.address)] = address
        values[.privateValue(desk.fields.contact)] = contact
        return values
    }

    private static let noPlace = Refusal.invalid([
        Fault(
            Wording(zh: "地点", en: "Place"), at: FilingField.place,
            zh: "请选择社区。", en: "Choose a community.")
    ])

    private static func noHome(_ place: UnitVersion) -> Refusal {
        .invalid([
            Fault(
                Wording(zh: "地点", en: "Place"), at: FilingField.place,
                zh: "“\(place.name)”暂不能在网上受理，请打电话或到社区窗口。",
                en: "\(place.name) takes no requests here yet: telephone, or ask at its window.")
        ])
    }
}

/// Reads what a filing says, and gathers what is wrong with it.
struct FilingReading {
    private let service: Service
    private let services: ServiceCatalogue
    private let catalogue: Catalogue
    private(set) var faults: [Fault] = []

    init(_ service: Service, _ services: ServiceCatalogue, _ catalogue: Catalogue) {
        (self.service, self.services, self.catalogue) = (service, services, catalogue)
    }

    mutating func words(_ text: String) -> String {
        let read = cleaned(text, at: FilingField.words, upTo: FilingLimits.words, lines: true)
        if read == nil, !isWrong(FilingField.words) {
            fault(FilingField.words, zh: "请写明什么情况。", en: "Say what it is about.")
        }
        return read ?? ""
    }

    mutating func line(_ text: String?, at place: String, upTo limit: Int) -> String? {
        text.flatMap { cleaned($0, at: place, upTo: limit, lines: false) }
    }

    mutating func contact(_ text: String?, isNeeded: Bool) -> String? {
        let read = line(text, at: FilingField.contact, upTo: FilingLimits.contact)
        if read == nil, isNeeded, !isWrong(FilingField.contact) {
            fault(
                FilingField.contact, zh: "办这件事须要能联系上您，请留联系方式。",
                en: "This cannot be done without reaching you: leave a way to.")
        }
        return read
    }

    mutating func channel(_ asked: String?, of filer: Filer) -> String {
        let channels = services.desk.channels
        switch filer {
        case .requester: return channels.page
        case .program: return channels.program
        case .staff:
            guard let asked, channels.staff.contains(asked) else {
                fault(
                    FilingField.channel, zh: "请选择来源渠道。", en: "Say how it came in.")
                return ""
            }
            return asked
        }
    }

    /// What was answered, in words, and how urgent it is with that.
    mutating func answers(_ given: [String: String]) -> (text: String, severity: String) {
        var lines: [String] = []
        var severities = [service.severity]
        for question in service.questions {
            let place = FilingField.answer(question.id)
            let text = line(given[question.id], at: place, upTo: FilingLimits.answer)
            guard let text else {
                if question.isRequired, !isWrong(place) {
                    fault(place, zh: "请回答。", en: "Answer this, please.")
                }
                continue
            }
            guard let said = answer(text, to: question, at: place, &severities) else { continue }
            lines.append("\(question.ask.zh)：\(said)")
        }
        return (lines.joined(separator: "\n"), severest(severities))
    }

    private mutating func answer(
        _ text: String, to question: ServiceQuestion, at place: String, _ severities: inout [String]
    ) -> String? {
        switch question.form {
        case .text: return text
        case .number:
            guard let number = Int(Folding.letters(text)), number >= 0 else {
                fault(place, zh: "请填数字。", en: "Give a number.")
                return nil
            }
            return String(number)
        case .choice:
            guard let option = question.options.first(where: { $0.id == text }) else {
                fault(place, zh: "请从所列中选择。", en: "Choose one of these.")
                return nil
            }
            if let stopper = option.stops.flatMap(services.stopper) {
                fault(place, zh: stopper.tells.zh, en: stopper.tells.en)
            }
            if let severity = option.severity { severities.append(severity) }
            return option.name.zh
        }
    }

    /// The first of the kind's options: they stand in their order.
    private func severest(_ severities: [String]) -> String {
        let desk = services.desk
        let kind = catalogue.procedures[desk.procedure]?.last?.opening
            .flatMap { catalogue.kinds[$0.kind] }
        let order = kind?.field(desk.fields.severity)?.options.map(\.id) ?? []
        return order.first { severities.contains($0) } ?? service.severity
    }

    mutating func tooManyPictures() {
        fault(
            FilingField.pictures, zh: "照片最多\(FilingLimits.pictures)张。",
            en: "At most \(FilingLimits.pictures) photographs.")
    }

    private mutating func cleaned(
        _ text: String, at place: String, upTo limit: Int, lines: Bool
    ) -> String? {
        do throws(Refusal) {
            let text = try Refusal.cleaned(text, at: place, lines: lines).trimmed
            guard text.unicodeScalars.count <= limit else {
                fault(
                    place, zh: "内容过长，最多\(limit)个字符。",
                    en: "This is too long: \(limit) characters at most.")
                return nil
            }
            return text.isEmpty ? nil : text
        } catch {
            if case .invalid(let found) = error { faults += found }
            return nil
        }
    }

    private func isWrong(_ place: String) -> Bool { faults.contains { $0.fieldPlace == place } }

    private mutating func fault(_ place: String, zh: String, en: String) {
        faults.append(Fault(place, zh: zh, en: en))
    }
}

extension Fault {
    fileprivate var fieldPlace: String { field ?? place }
}
