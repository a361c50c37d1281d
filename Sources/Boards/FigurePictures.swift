import Web

/// The pictures of a figure's page, to be taken away one by one.
extension FigurePage: Pictured {
    var frames: [ChartFrame] {
        [
            course?.frame, breakdown?.frame, breakdown?.map?.frame, fieldParts?.frame,
            fieldParts?.composition, members?.frame,
        ].compactMap { $0 }
    }
}

/// The map on the home page.
extension HomePage: Pictured {
    var frames: [ChartFrame] { [map?.map.frame].compactMap { $0 } }
}
