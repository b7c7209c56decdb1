import Foundation

/// How the figures are shown.
struct FigureTable {
    private struct Document: Encodable {
        let figures: [Figure]
    }

    let figures: [Figure]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(figures: figures)), as: UTF8.self)
    }

    func text() -> String {
        let rows = figures.map { figure in
            [
                figure.meaning, plain(figure.value), figure.unit, figure.goal?.description ?? "",
                figure.goal == nil ? "" : (figure.holds ? "holds" : "MISSED"),
            ]
        }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 1 ? space + cell : cell + space
            }
            var line = padded.joined(separator: "  ")
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
        .joined(separator: "\n")
    }
}
