import Core

/// A picture in points of color, for what takes no drawing: a message, a document, a screen.
/// Painted by librsvg's program, which knows only our own drawing.
package struct PaintedPicture: Sendable {
    /// How many points of color for each point of the drawing, so that it is sharp on paper.
    static let scale = 2

    private static let program = LimitedProgram(
        "/usr/bin/rsvg-convert", package: "librsvg2-bin", memoryBytes: 1 << 30,
        fileBytes: 16 << 20, seconds: 10, most: 2)

    package let bytes: [UInt8]

    /// - Throws: `Refusal` when the program is missing, busy, or does not come through.
    package init(of svg: String) async throws {
        try Self.program.requireInstalled()
        let made: [UInt8]?? = try await Self.program.inTurn {
            try await Self.program.made(of: Array(svg.utf8)) { source, target in
                [
                    "--format=png", "--zoom=\(Self.scale)", "--background-color=white",
                    "--output=\(target)", source,
                ]
            }
        }
        guard let made else {
            throw Refusal.conflict(
                zh: "正在绘制其他图片，请稍候再试，或下载SVG。",
                en: "Other pictures are being painted: try again in a moment, or take the SVG.")
        }
        guard let bytes = made, bytes.starts(with: Self.mark) else {
            throw Refusal.conflict(
                zh: "这张图未能绘制成PNG，请下载SVG。",
                en: "This picture could not be painted as PNG: take the SVG.")
        }
        self.bytes = bytes
    }

    /// What every PNG begins with.
    private static let mark: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
}
