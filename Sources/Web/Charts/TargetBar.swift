/// How far a number has come on its way to a target: a bar with a tick where the target stands.
package struct TargetBar: Chart {
    package let title: String
    /// What it says in words, for those who do not see it.
    package let description: String
    /// The number, the target and where the bar ends, all in one measure.
    package let value: Int
    package let target: Int
    package let end: Int

    package init(title: String, description: String, value: Int, target: Int, end: Int) {
        self.title = title
        self.description = description
        self.value = value
        self.target = target
        self.end = end
    }

    package var picture: Picture {
        let whole = max(end, value, target)
        var drawing = Drawing()
        drawing.rectangle("chart-ground", x: "0", y: "0.2em", width: "100%", height: "0.5em")
        drawing.rectangle(
            "chart-column", x: "0", y: "0.2em", width: Drawing.percent(max(0, value), of: whole),
            height: "0.5em")
        let tick = Drawing.percent(max(0, target), of: whole)
        drawing.line("chart-target", x1: tick, y1: "0", x2: tick, y2: "0.9em")
        return drawing.picture(
            "target-bar", title: title, description: description, size: .letters(0.9))
    }
}
