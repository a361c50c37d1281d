import Web

/// The pictures of a figure's page, to be taken away one by one.
extension FigurePage: Pictured {
    var frames: [ChartFrame] { [course?.frame, breakdown?.frame].compactMap { $0 } }
}
