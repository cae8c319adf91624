package org.posteriorj.io;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The XML header of ISMRMRD and fastMRI files; outer entities and document types are refused. */
final class IsmrmrdHeader {

	private final Path file;
	private final Element root;

	private IsmrmrdHeader(final Path file, final Element root) {
		this.file = file;
		this.root = root;
	}

	static IsmrmrdHeader parse(final String xml, final Path file) throws IOException {
		try {
			final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			factory.setNamespaceAware(true);
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			final DocumentBuilder builder = factory.newDocumentBuilder();
			builder.setErrorHandler(new org.xml.sax.helpers.DefaultHandler());
			return new IsmrmrdHeader(file, builder.parse(new InputSource(new StringReader(xml))).getDocumentElement());
		}
		catch (final SAXException | ParserConfigurationException e) {
			throw FileProblem.of(file, "its ISMRMRD header is not valid XML: " + e.getMessage(), e);
		}
	}

	/** Text of the first element at a path of names below the first encoding, empty if absent. */
	String text(final String path) {
		Element at = root;
		for (final String name : path.split("/")) {
			final NodeList children = at.getElementsByTagNameNS("*", name);
			if (children.getLength() == 0) return "";
			at = (Element) children.item(0);
		}
		return at.getTextContent().strip();
	}

	/** A number at a path; {@code absent} if it is not there. */
	double number(final String path, final double absent) throws IOException {
		final String text = text(path);
		try {
			return text.isEmpty() ? absent : Double.parseDouble(text);
		}
		catch (final NumberFormatException e) {
			throw FileProblem.of(file, "header entry " + path + " must be a number, got '" + text + "'.", e);
		}
	}

	/** A size at a path, which must be there. */
	int size(final String path) throws IOException {
		final double value = number(path, 0);
		if (!(value >= 1 && value <= 65535)) throw FileProblem.of(file, "header entry " + path + " must be 1 to 65535, got " + text(path) + ".");
		return (int) value;
	}

	/** Samples left along the readout once oversampling is removed. */
	int columns() throws IOException {
		return ReadoutCrop.columns(size("encodedSpace/matrixSize/x"), (int) number("reconSpace/matrixSize/x", 0), fov("encodedSpace", "x"), fov("reconSpace",
			"x"));
	}

	/** The image that a trajectory is of: the wanted field of view at the encoded resolution. */
	TrajectoryFrame frame() throws IOException {
		final int rows = ReadoutCrop.columns(size("encodedSpace/matrixSize/y"), (int) number("reconSpace/matrixSize/y", 0), fov("encodedSpace", "y"), fov(
			"reconSpace", "y"));
		final double down = fov("reconSpace", "y"), across = fov("reconSpace", "x");
		return new TrajectoryFrame(rows, columns(), down > 0 ? down : fov("encodedSpace", "y"), across > 0 ? across : fov("encodedSpace", "x"), fov("reconSpace",
			"z"));
	}

	/** A field of view in mm, 0 if absent. */
	double fov(final String space, final String axis) throws IOException {
		return number(space + "/fieldOfView_mm/" + axis, 0);
	}
}
