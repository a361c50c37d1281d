import Core

extension CaseView {
    /// By when a step is owed; nil where no clock runs, or it stands with no end in sight.
    func latest(_ place: Int, unit: String? = nil) -> ClockStory? {
        let step = step(place)
        guard let clock = step.within ?? step.every else { return nil }
        return story(clock, of: place, unit, asks: .last)
    }

    /// After which only the step that it lapses to may be written.
    func lapse(_ place: Int) -> ClockStory? {
        step(place).lapses.flatMap { story($0, of: place, nil, asks: .lapse) }
    }

    /// The clocks before whose end a step is not lawful, judged by the rules of a day.
    func earliest(_ place: Int, on day: Day, unit: String? = nil) -> [ClockStory] {
        step(place).notBefore.compactMap { story($0, of: place, unit, asks: .earliest(day)) }
    }

    /// How long a record of a step counts.
    func validity(_ place: Int, _ record: CaseStep) -> ClockStory? {
        guard let length = step(place).valid,
            let read = self.length(length, on: record.at.day, running: false)
        else { return nil }
        return story(read, from: record.at, record.step, rolls: false, pauses: [], nil)
    }

    /// By when a step that lasts may end at the soonest.
    func stretch(_ place: Int, from at: CaseTime) -> ClockStory? {
        guard let length = step(place).lasts,
            let read = self.length(length, on: at.day, running: false)
        else { return nil }
        return story(read, from: at, step(place).id, rolls: false, pauses: [], nil)
    }

    private enum Question {
        /// The last day: the rule of the day on which the clock began.
        case last
        case lapse
        /// The first day: the rule of the day of the step.
        case earliest(Day)
    }

    private struct Read {
        let length: Deadline.Length
        let rule: Rule?
        /// The record that says how long, where one does.
        let record: CaseStep?
    }

    private func story(
        _ clock: Procedure.Clock, of place: Int, _ unit: String?, asks question: Question
    ) -> ClockStory? {
        if case .before(let field) = clock.anchor { return backwards(clock, field) }
        var anchor: CaseTime?
        var source: String?
        switch clock.anchor {
        case .step(let id):
            guard let other = shape.place[id] else { return nil }
            anchor = (last(other) ?? newest(other))?.at
            source = id
        case .after, .before: anchor = since(place, unit: unit)
        }
        guard let anchor else { return nil }
        let day: Day
        var isRunning = false
        if case .earliest(let asked) = question { day = asked } else { day = anchor.day }
        if case .last = question { isRunning = true }
        guard let read = length(clock.of, on: day, running: isRunning) else { return nil }
        var rolls = clock.rolls
        var pauses: [Deadline.Pause] = []
        switch question {
        case .last: pauses = self.pauses(of: place)
        case .lapse: (rolls, pauses) = (false, self.pauses(of: place))
        case .earliest: rolls = false
        }
        // A record that says how long is where it counts from, unless another step is named.
        let saying = source == nil || source == read.record?.step ? read.record : nil
        return story(
            read, from: saying?.at ?? anchor, saying?.step ?? source ?? single(place),
            rolls: rolls, pauses: pauses, unit)
    }

    /// The one step that another comes after; nil where there are several.
    private func single(_ place: Int) -> String? {
        if step(place).every != nil, isDone(place) { return step(place).id }
        let before = shape.steps[place].before
        var all = before.makeIterator()
        guard let first = all.next(), all.next() == nil else { return nil }
        return step(first).id
    }

    private func story(
        _ read: Read, from anchor: CaseTime, _ source: String?, rolls: Bool,
        pauses: [Deadline.Pause], _ unit: String?
    ) -> ClockStory? {
        let world = fold.world
        let hours =
            read.length.unit == .workingHour
            ? world.hours(unit ?? fold.ownerUnit) : OfficeHours([])
        let deadline = Deadline(
            anchor.moment, read.length, calendar: world.calendar, hours: hours, rolls: rolls,
            pauses: pauses)
        guard let ends = deadline.ends else { return nil }
        let lastDay =
            read.length.isOfHours ? Moment(milliseconds: ends.milliseconds - 1).day : ends.day - 1
        var movedFrom: Day?
        if rolls, pauses.isEmpty, let days = read.length.days(from: anchor.day),
            anchor.day + days != lastDay
        {
            movedFrom = anchor.day + days
        }
        return ClockStory(
            anchor: anchor, anchorStep: source, length: read.length, rule: read.rule?.id,
            ruleFrom: read.rule?.from, isBackwards: false, ends: ends, lastDay: lastDay,
            movedFrom: movedFrom, paused: pauses.minutes(from: anchor.moment, to: min(now, ends)),
            unknownYears: deadline.unknownYears)
    }

    /// A clock that counts back from a day that a step says, or that what is to be posted says.
    private func backwards(
        _ clock: Procedure.Clock, _ field: Procedure.FieldReference
    ) -> ClockStory? {
        let known = shape.place[field.step].flatMap { last($0) ?? newest($0) }
        let posted = next.flatMap { $0.step == field.step ? $0 : nil }
        guard let record = known ?? posted,
            let day = record.values[field.field].flatMap({ Day($0) }),
            let read = length(clock.of, on: record.at.day, running: false),
            let last = read.length.before(day, fold.world.calendar)
        else { return nil }
        let span = last <= day ? Period(text: "", from: last, to: day + 1) : nil
        let unknown = read.length.isOfWork ? span.map(fold.world.calendar.unknownYears) : nil
        return ClockStory(
            anchor: CaseTime(day), anchorStep: record.step, length: read.length,
            rule: read.rule?.id, ruleFrom: read.rule?.from, isBackwards: true,
            ends: (last + 1).start, lastDay: last, movedFrom: nil, paused: 0,
            unknownYears: unknown ?? [])
    }

    /// How long a clock runs.
    ///
    /// - Parameter running: whether a rule that began after the clock may reach it.
    private func length(
        _ length: Procedure.Length, on day: Day, running: Bool
    ) -> Read? {
        switch length {
        case .fixed(let length): return Read(length: length, rule: nil, record: nil)
        case .rule(let id):
            var rule = fold.world.rule(id, day)
            if running, now.day > day, let later = fold.world.rule(id, now.day),
                later.reachesRunning, later.from > day
            {
                rule = later
            }
            guard let rule, let length = Deadline.Length(rule) else { return nil }
            return Read(length: length, rule: rule, record: nil)
        case .field(let field, let unit):
            let record = fold.records.last {
                $0.step == field.step && $0.values[field.field] != nil
            }
            guard let record, let count = record.values[field.field].flatMap({ Int($0) }) else {
                return nil
            }
            return Read(length: Deadline.Length(count, unit), rule: nil, record: record)
        case .chosen(let field, let options, let other):
            let value = fold.newest(field)
            let chosen = options.first { $0.option == value }?.length ?? other
            return chosen.flatMap { self.length($0, on: day, running: running) }
        }
    }

    // MARK: Pauses

    /// The stretches for which the clock of a step stands.
    func pauses(of place: Int) -> [Deadline.Pause] {
        guard !fold.pauses.isEmpty else { return [] }
        let id = step(place).id
        return fold.pauses.filter { $0.step == nil || $0.step == id }.map {
            Deadline.Pause(from: $0.from, until: $0.until)
        }
    }

    /// The ground for which the clock of a step stands now.
    func ground(_ place: Int) -> String? {
        guard !fold.pauses.isEmpty else { return nil }
        let id = step(place).id
        return fold.pauses.first {
            ($0.step == nil || $0.step == id) && $0.from <= now && now < $0.until
        }?.ground
    }
}

extension [Deadline.Pause] {
    /// How many minutes of a stretch they cover; where several overlap, once.
    func minutes(from: Moment, to: Moment) -> Int {
        guard !isEmpty, from < to else { return 0 }
        var covered: Int64 = 0
        var reached = from
        for pause in sorted(by: { $0.from < $1.from }) {
            let first = Swift.max(pause.from, reached)
            let last = Swift.min(pause.until ?? to, to)
            guard first < last else { continue }
            covered += last.milliseconds - first.milliseconds
            reached = last
        }
        return Int(covered / 60_000)
    }
}
