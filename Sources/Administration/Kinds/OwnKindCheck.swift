import Catalogue
import Core
import Ledger

/// What is wrong with a kind that is being made, in words, each beside the field that mends it.
/// The catalogue's own check comes behind it and finds what is left.
struct OwnKindCheck {
    /// A page on which something can be mended.
    enum Place: Hashable, Sendable {
        case about, figure, sending
        case field(String)
    }

    struct Found: Sendable {
        let place: Place
        let fault: Fault
    }

    let id: String
    let own: OwnKind
    let catalogue: Catalogue
    /// The kinds made on pages, this one among them.
    let others: [KeptKind]
    /// The newest version, where records hold to it.
    let held: OwnKind?

    private(set) var found: [Found] = []

    init(
        _ id: String, _ own: OwnKind, _ catalogue: Catalogue, others: [KeptKind], held: OwnKind?
    ) {
        self.id = id
        self.own = own
        self.catalogue = catalogue
        self.others = others
        self.held = held
        about()
        for field in own.fields { check(field) }
        figure()
        days()
        if let held { keep(held) }
    }

    func faults(_ place: Place) -> [Fault] { found.filter { $0.place == place }.map(\.fault) }

    /// Refuses what stands wrong on one page.
    func require(_ place: Place) throws(Refusal) {
        let faults = faults(place)
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    private mutating func add(_ place: Place, _ name: String, zh: String, en: String) {
        found.append(Found(place: place, fault: Fault(name, zh: zh, en: en)))
    }

    private mutating func refuse(_ words: Wording, _ id: String, isPart: Bool, _ place: Place) {
        guard let refused = catalogue.refused else { return }
        let name = isPart ? "\(self.id).\(id)" : id
        let hits =
            refused.found(in: words, at: name)
            + refused.found(inName: id, at: name, isPart: isPart)
        for word in Set(hits).sorted() {
            add(
                place, "zh", zh: "“\(word)”一类的信息，任何地方都不登记。",
                en: "“\(word)” is kept of nobody anywhere.")
        }
    }

    private mutating func about() {
        if own.zh.isEmpty { missing(.about, "zh") }
        let names = [own.zh, own.en].map(Folding.key).filter { !$0.isEmpty }
        let taken =
            catalogue.kinds.values.filter { $0.id != id }.map(\.name)
            + others.filter { $0.id != id }.map(\.own.name)
        if let other = taken.first(where: { other in
            [other.zh, other.en].contains { names.contains(Folding.key($0)) }
        }) {
            add(
                .about, "zh", zh: "已有填报事项“\(other.zh)”，请换一个名称。",
                en: "There is a kind “\(other.en)” already: give it another name.")
        }
        refuse(own.name, id, isPart: false, .about)
        if !areas.contains(own.area) { choose(.about, "area") }
        if Kind.Shape(rawValue: own.shape) == nil { choose(.about, "shape") }
        if Visibility(rawValue: own.visibility) == nil { choose(.about, "visibility") }
        if own.at.contains(where: { catalogue.forms[$0] == nil }) { choose(.about, "at") }
    }

    private var areas: Set<String> { Set(catalogue.indicators.values.map(\.area)) }

    private mutating func missing(_ place: Place, _ name: String) {
        add(place, name, zh: "请填写。", en: "Fill this in, please.")
    }

    private mutating func choose(_ place: Place, _ name: String) {
        add(place, name, zh: "请选择。", en: "Choose, please.")
    }

    private mutating func check(_ field: OwnKind.Field) {
        let place = Place.field(field.id)
        if field.zh.isEmpty { missing(place, "zh") }
        let names = [field.zh, field.en].map(fold).filter { !$0.isEmpty }
        let same = own.fields.first { other in
            other.id != field.id && [other.zh, other.en].contains { names.contains(fold($0)) }
        }
        if same != nil || names.contains(where: reserved.contains) {
            add(
                place, "zh", zh: "表单里已有同名的一栏，请换一个名称。",
                en: "The form has a field of this name already: give it another one.")
        }
        refuse(field.name, field.id, isPart: true, place)
        switch field.form {
        case .text, .long:
            if own.visibility == Visibility.sealed.rawValue {
                add(
                    place, "form", zh: "密封的事项不能有自由填写的文字：文字须加密保存，这样的栏请写入目录文件。",
                    en: "A sealed kind has no free text here: it would stand in the clear. Such a "
                        + "field is written into the file of the catalogue.")
            }
        case .choice: checkOptions(field)
        case .number: checkNumber(field)
        case .day: checkBounds(field)
        case .person: checkPerson(field)
        case .flag: break
        }
    }

    /// What the form of every kind asks for beside its own fields.
    private var reserved: Set<String> {
        guard let event = catalogue.kinds.values.first(where: { $0.shape == .event }),
            let standing = catalogue.kinds.values.first(where: { $0.shape == .standing })
        else { return [] }
        let headings: [Heading] = [.ref, .day, .lastDay, .unit, .ends, .reverses, .reason]
        let words = headings.map(event.label) + [standing.label(.day)]
        return Set(words.flatMap { [fold($0.zh), fold($0.en)] })
    }

    private mutating func checkOptions(_ field: OwnKind.Field) {
        let place = Place.field(field.id)
        if field.options.count < 2 {
            add(
                place, "options", zh: "请至少写两个选项，每行一个。",
                en: "Write two options at least, one in each line.")
        }
        if Set(field.options.map { Folding.key($0.zh) }).count < field.options.count {
            add(place, "options", zh: "有两个选项相同。", en: "Two options are the same.")
        }
        for option in field.options {
            guard let refused = catalogue.refused else { continue }
            let words = Wording(zh: option.zh, en: option.en)
            let name = "\(id).\(option.id)"
            for word in refused.found(in: words, at: name) {
                add(
                    place, "options", zh: "“\(word)”一类的信息，任何地方都不登记。",
                    en: "“\(word)” is kept of nobody anywhere.")
            }
        }
    }

    private mutating func checkNumber(_ field: OwnKind.Field) {
        let place = Place.field(field.id)
        if !OwnKind.units.contains(where: { $0.rawValue == field.unit }) { choose(place, "unit") }
        if own.numbers.count > OwnKind.numberLimit {
            add(
                place, "form", zh: "一个事项最多有\(OwnKind.numberLimit)个数字。",
                en: "A kind has at most \(OwnKind.numberLimit) numbers.")
        }
        for (name, text) in [("least", field.least), ("most", field.most)]
        where !text.isEmpty && Int(text) == nil {
            add(place, name, zh: "请填整数。", en: "Give a whole number.")
        }
        if let least = Int(field.least), let most = Int(field.most), least > most {
            add(place, "most", zh: "上限小于下限。", en: "The most is less than the least.")
        }
        checkBounds(field)
    }

    private mutating func checkBounds(_ field: OwnKind.Field) {
        for (name, other) in [("least_of", field.leastOf), ("most_of", field.mostOf)]
        where !other.isEmpty {
            guard let bound = own.field(other), bound.compares(with: field) else {
                add(
                    .field(field.id), name, zh: "只能和同类、同单位的另一栏比较，请重新选择。",
                    en: "It compares with a field of the same sort and unit: choose again.")
                continue
            }
        }
    }

    private mutating func checkPerson(_ field: OwnKind.Field) {
        guard let entry = catalogue.register[field.register] else {
            return choose(.field(field.id), "register")
        }
        if case .days(_, .ended) = entry.keeping, own.shape == Kind.Shape.event.rawValue {
            add(
                .field(field.id), "register",
                zh: "“\(entry.what.zh)”从结束之日起计算保存期限，而本事项是一次性的，没有结束之日；请另选用途。",
                en: "“\(entry.what.en)” is kept from an end, and an event has none: choose another."
            )
        }
    }

    private mutating func figure() {
        guard own.reckoning != .none else { return }
        if own.reckoning == .sum {
            if !own.numbers.contains(where: { $0.id == own.sumOf }) { choose(.figure, "sum_of") }
        } else if !catalogue.counters.contains(own.counter) {
            choose(.figure, "counter")
        }
        refuse(
            Wording(zh: own.figureZh, en: own.figureEn), OwnKindText.figure(id), isPart: false,
            .figure)
    }

    private mutating func days() {
        guard let from = Day(own.from) else { return missing(.sending, "from") }
        guard !own.until.isEmpty else { return }
        if Day(own.until).map({ $0 <= from }) ?? true {
            add(
                .sending, "until", zh: "停止之日须晚于起始之日。",
                en: "The day from which it ends comes after the first day.")
        }
    }

    /// Records say what they say: what their fields mean stays.
    private mutating func keep(_ held: OwnKind) {
        func locked(_ place: Place, _ name: String) {
            found.append(
                Found(
                    place: place,
                    fault: Fault(
                        name, zh: "已有记录，这一项不能再改；需要时请另建一个事项。",
                        en: "There are records: this stays. Make another kind where you need one.")
                ))
        }
        if own.shape != held.shape { locked(.about, "shape") }
        if own.visibility != held.visibility { locked(.about, "visibility") }
        if held.reckoning != .none {
            if own.reckoning != held.reckoning { locked(.figure, "reckoning") }
            if own.sumOf != held.sumOf { locked(.figure, "sum_of") }
        }
        for old in held.fields {
            guard let new = own.field(old.id) else {
                locked(.about, "zh")
                continue
            }
            let place = Place.field(old.id)
            if new.form != old.form { locked(place, "form") }
            if new.unit != old.unit { locked(place, "unit") }
            if new.register != old.register { locked(place, "register") }
            if old.isMany, !new.isMany { locked(place, "many") }
            let kept = Set(new.options.map(\.id))
            if old.options.contains(where: { !kept.contains($0.id) }) {
                add(
                    place, "options",
                    zh: "已有记录，原有的选项不能删去；只改中文或只改英文即可改名。",
                    en: "There are records: no option goes. Change one language of it at a time "
                        + "to rename it.")
            }
        }
        // Numbers are kept by their place.
        let numbers = held.numbers.map(\.id)
        if own.numbers.map(\.id).prefix(numbers.count).elementsEqual(numbers) == false {
            locked(.about, "zh")
        }
    }
}

extension Catalogue {
    /// What figures count, as people say it; a share has none.
    var counters: [String] {
        Set(indicators.values.filter { $0.answer != .share && $0.unit != "%" }.map(\.unit)).sorted()
    }
}
