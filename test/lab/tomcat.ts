// Tomcat for the lab: Debian's package with a server.xml of its own, a servlet that says ok, and a WebSocket echo at /ws. Both are
// a few lines of Java, compiled with javac where there is one.

import * as fs from 'node:fs';
import { done, LabServer, present, run, said, Site, site, write } from './running';
import { tomcat, TomcatSettings } from '../../src/systems/tomcat';

const HOME = '/usr/share/tomcat10';

const ECHO = `import jakarta.websocket.*;
import jakarta.websocket.server.ServerEndpoint;
@ServerEndpoint("/ws")
public class Echo { @OnMessage public String echo(String text) { return text; } }
`;
const PAGE = `import jakarta.servlet.http.*;
public class Page extends HttpServlet {
  @Override protected void service(HttpServletRequest request, HttpServletResponse response) throws java.io.IOException { response.getWriter().print("ok"); }
}
`;
const WEB_XML = `<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
  <servlet><servlet-name>page</servlet-name><servlet-class>Page</servlet-class></servlet>
  <servlet-mapping><servlet-name>page</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
</web-app>
`;

function serverXml({ port, folder, key, cert }: Site, settings: TomcatSettings): string {
  const http2 = `<UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"${settings.allowSchemeMismatch ? ' allowSchemeMismatch="true"' : ''}/>`;
  const protocols = settings.tls?.protocols ? ` protocols="${settings.tls.protocols.map((version) => `TLSv${version.replace('1.0', '1')}`).join('+')}"` : '';
  const verifies = settings.tls?.requiresClientCertificate ? ` certificateVerification="required" caCertificateFile="${cert}"` : '';
  const tls = `<SSLHostConfig${protocols}${verifies}><Certificate certificateFile="${cert}" certificateKeyFile="${key}" type="RSA"/></SSLHostConfig>`;
  return `<Server port="-1"><Service name="Catalina">
    <Connector port="${port}" address="127.0.0.1" protocol="HTTP/1.1"${settings.tls ? ' SSLEnabled="true" scheme="https" secure="true"' : ''}>
      ${settings.http2 ? http2 : ''}${settings.tls ? tls : ''}
    </Connector>
    <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="${folder}/webapps" autoDeploy="false"/></Engine>
  </Service></Server>
`;
}

/** Compiled once for all. */
let classes: Promise<string> | undefined;
async function compiled(): Promise<string> {
  const place = await site('classes');
  const to = `${place.folder}/classes`;
  await done('javac', '-cp', `${HOME}/lib/*`, '-d', to, write(place, 'Echo.java', ECHO), write(place, 'Page.java', PAGE));
  return to;
}

function one(version: string, variant: string, settings: TomcatSettings): LabServer {
  return {
    name: `Tomcat ${version} ${variant}`,
    listener: settings.tls ? 'tls' : 'clear',
    model: (knock) => tomcat({ ...settings, version }, knock),
    async start(place) {
      write(place, 'webapps/ROOT/WEB-INF/web.xml', WEB_XML);
      write(place, 'conf/server.xml', serverXml(place, settings));
      for (const folder of ['logs', 'temp', 'work']) write(place, `${folder}/.keep`, '');
      fs.cpSync(await (classes ??= compiled()), `${place.folder}/webapps/ROOT/WEB-INF/classes`, { recursive: true });
      return run(place, 'java', [
        '-cp', `${HOME}/bin/bootstrap.jar:${HOME}/bin/tomcat-juli.jar`, `-Dcatalina.home=${HOME}`, `-Dcatalina.base=${place.folder}`,
        `-Djava.io.tmpdir=${place.folder}/temp`, '-Xmx128m', '-XX:TieredStopAtLevel=1', 'org.apache.catalina.startup.Bootstrap', 'start',
      ]);
    },
  };
}

export function tomcatServers(): LabServer[] {
  if (!present(`${HOME}/bin/catalina.sh`, 'apt-get install -y tomcat10') || !present('javac', 'apt-get install -y default-jdk-headless')) return [];
  const version = /Server number: *([\d.]+)/.exec(said('java', '-cp', `${HOME}/lib/catalina.jar`, 'org.apache.catalina.util.ServerInfo'))?.[1] ?? '';
  return [
    one(version, 'clear', {}),
    one(version, 'Http2Protocol', { http2: true }),
    one(version, 'Http2Protocol, allowSchemeMismatch', { http2: true, allowSchemeMismatch: true }),
    one(version, 'TLS', { tls: {} }),
    one(version, 'TLS, Http2Protocol', { tls: {}, http2: true }),
    one(version, 'TLS, client certificate', { tls: { requiresClientCertificate: true } }),
    one(version, 'TLS 1.0 to 1.3, Http2Protocol', { tls: { protocols: ['1.0', '1.1', '1.2', '1.3'] }, http2: true }),
  ];
}
