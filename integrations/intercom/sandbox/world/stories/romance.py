# ruff: noqa: E501  a sentence stays on one line
"""What customers write in French, Spanish, Portuguese and Italian."""

from integrations.intercom.sandbox.world.stories.story import Story

FR_PROBLEM = Story(
    key="fr_problem", weight=5, mood="bad", tags=("bug", "route board"), language="fr",
    subjects=("Planning bloqué", "Photos perdues", "Techniciens déconnectés", "Temps de trajet faux"),
    openers=("Le planning ne se charge plus depuis {hour} ce matin.", "Les photos de l’intervention {order} ont disparu.", "Depuis la version {version}, l’application déconnecte nos techniciens.",
             "Les temps de trajet autour de {site} sont complètement faux."),
    details=("Cela touche {count} téléphones.", "Nous avons dû annuler des rendez-vous.", "C’est la deuxième fois ce mois-ci, c’est vraiment pénible."),
    asks=("Pouvez-vous regarder rapidement ?", "Quand est-ce que ce sera corrigé ?"),
    answers=("merci pour le numéro, j’arrive à reproduire le problème et je le transmets à l’équipe mobile.", "c’est un incident connu, la correction sera en ligne {day}."),
    follow_ups=("Toujours pareil chez nous.", "Merci, cela va mieux pour la moitié des techniciens."),
    resolutions=("La correction est en ligne, pouvez-vous réessayer ?", "C’est corrigé, il suffit de se reconnecter."),
    endings=("C’est bon, merci beaucoup.", "Ça marche, mais nous avons perdu une matinée."),
)  # fmt: skip
FR_WISH = Story(
    key="fr_wish", weight=4, mood="neutral", tags=("feature request", "CSV export"), language="fr",
    subjects=("Export des interventions", "Connexion avec notre annuaire", "Mode sombre", "Historique des modifications"),
    openers=("Serait-il possible d’exporter la liste des interventions en CSV ?", "Nous aimerions nous connecter avec nos comptes d’entreprise.", "Il nous manque un mode sombre pour l’équipe de nuit.",
             "Ce serait formidable de voir qui a modifié une intervention."),
    details=("Cela nous ferait gagner des heures.", "Notre service informatique l’exige à partir de {month}."),
    asks=("Est-ce prévu ?", "Nous sommes prêts à tester."),
    answers=("merci pour l’idée, je l’ajoute à la liste de l’équipe produit.", "c’est en préparation, je ne peux pas encore donner de date."),
    follow_ups=("Merci pour votre franchise.", "Tenez-nous au courant, s’il vous plaît."),
    resolutions=("Je vous écris dès qu’il y a du nouveau.",), endings=("Très bien, merci.",),
)  # fmt: skip
FR_MONEY = Story(
    key="fr_billing", weight=3, mood="neutral", team=2, tags=("billing",), language="fr",
    subjects=("Double prélèvement", "Facture {order} sans numéro de TVA", "Résiliation ?"),
    openers=("Nous avons été prélevés deux fois en {month}.", "La facture {order} ne mentionne pas notre numéro de TVA.", "Nous envisageons de résilier, quel est le préavis ?"),
    details=("Il s’agit de {amount}.", "La comptabilité attend ce document pour {day}."),
    asks=("Merci de rectifier.", "Pouvez-vous nous rembourser ?"),
    answers=("le remboursement est parti aujourd’hui, comptez trois à cinq jours.", "vous trouverez la facture corrigée en pièce jointe.",
             "le préavis est de 30 jours. Puis-je vous appeler avant votre décision ?"),
    follow_ups=("Nous n’avons encore rien vu.", "Parfait, merci."), resolutions=("Tout est réglé de notre côté.",), endings=("Bien noté, merci.",),
)  # fmt: skip
ES_PROBLEM = Story(
    key="es_problem", weight=5, mood="bad", tags=("bug", "mobile app"), language="es",
    subjects=("La aplicación se cierra", "No carga el tablero", "Órdenes duplicadas", "Las fotos no se guardan"),
    openers=("La aplicación se cierra cuando el cliente firma.", "El tablero no carga desde las {hour} y tenemos {count} técnicos parados.", "Cada orden de trabajo nos aparece dos veces.",
             "Desde la versión {version} las fotos no se guardan."),
    details=("Pasa en todos los móviles de {site}.", "Estamos perdiendo citas y dinero.", "Ya reinstalamos y sigue igual."),
    asks=("¿Pueden revisarlo, por favor?", "¿Para cuándo estará arreglado?"),
    answers=("gracias por el detalle. Ya lo reproduje y lo pasé al equipo móvil.", "es un fallo nuestro; la corrección sale el {day}."),
    follow_ups=("Sigue fallando en dos teléfonos.", "Gracias, ya va mejor."),
    resolutions=("Ya está publicada la versión {version}. ¿Pueden probar de nuevo?",), endings=("Funciona, muchas gracias.", "Por fin. Gracias por la ayuda."),
)  # fmt: skip
ES_WISH = Story(
    key="es_wish", weight=4, mood="neutral", tags=("feature request", "SSO"), language="es",
    subjects=("Inicio de sesión único", "Exportar a Excel", "Modo oscuro", "Avisos por WhatsApp"),
    openers=("Nos gustaría entrar con las cuentas de la empresa.", "¿Sería posible exportar las órdenes a Excel?", "Echamos de menos un modo oscuro para el turno de noche.",
             "Necesitamos avisos por WhatsApp para los clientes."),
    details=("Nos ahorraría mucho tiempo.", "Nuestro departamento de sistemas lo pide desde {month}."),
    asks=("¿Está en sus planes?", "Podemos ayudar a probarlo."),
    answers=("gracias por la idea, la anoté para el equipo de producto.", "está en desarrollo; los apunto a la beta."),
    follow_ups=("Gracias por la sinceridad.", "¿Habrá alguna fecha?"), resolutions=("Les aviso en cuanto haya novedades.",), endings=("De acuerdo, gracias.",),
)  # fmt: skip
ES_PRAISE = Story(
    key="es_praise", weight=2, mood="good", tags=("praise",), language="es",
    subjects=("El nuevo tablero", "Gracias a {teammate}", "Enhorabuena"),
    openers=("Solo quería darles las gracias, el nuevo tablero es una maravilla.", "Mil gracias a {teammate}, qué paciencia.", "Es el mejor soporte que he tenido."),
    details=("Planificamos {site} en {minutes} minutos.",), asks=("Sigan así.",),
    answers=("¡qué alegría leer esto!",), follow_ups=("Se lo merecen.",), resolutions=("¡Buena semana!",), endings=("Igualmente.",),
)  # fmt: skip
PT_PROBLEM = Story(
    key="pt_problem", weight=5, mood="bad", tags=("bug",), language="pt",
    subjects=("Aplicativo travando", "Painel fora do ar", "Fotos sumiram", "Nada sincroniza"),
    openers=("O aplicativo trava toda vez que o cliente assina.", "O painel está fora do ar desde as {hour}.", "As fotos da ordem {order} sumiram.", "Depois da versão {version} nada sincroniza."),
    details=("São {count} técnicos parados.", "Já é a terceira vez este mês.", "Reinstalar não resolveu."),
    asks=("Podem verificar, por favor?", "Qual é a previsão?"),
    answers=("obrigado pelos detalhes, consegui reproduzir e já passei para o time.", "é um problema nosso, a correção sai na {day}."),
    follow_ups=("Continua igual aqui.", "Melhorou, obrigado."), resolutions=("A correção está no ar, podem testar?",), endings=("Agora foi, obrigado!", "Funcionou, mas perdemos a manhã."),
)  # fmt: skip
PT_WISH = Story(
    key="pt_wish", weight=4, mood="neutral", tags=("feature request", "dark mode"), language="pt",
    subjects=("Exportar relatório", "Login corporativo", "Modo escuro", "Histórico de alterações"),
    openers=("Seria ótimo poder exportar o relatório em CSV.", "Queremos entrar com o login da empresa.", "Vocês pensam em um modo escuro?", "Falta um histórico de quem alterou cada ordem."),
    details=("Isso pouparia horas por mês.", "Nossa TI vai exigir isso em {month}."), asks=("Está no planejamento?",),
    answers=("anotei o seu pedido para o time de produto.",), follow_ups=("Obrigado, fico no aguardo.",), resolutions=("Aviso assim que tiver novidade.",), endings=("Valeu!",),
)  # fmt: skip
IT_PROBLEM = Story(
    key="it_problem", weight=4, mood="bad", tags=("bug",), language="it",
    subjects=("Pianificazione bloccata", "Foto mancanti", "Tecnici scollegati"),
    openers=("Da stamattina alle {hour} la pianificazione non si apre.", "Mancano le foto dell’ordine {order}.", "L’app scollega i tecnici ogni giorno a mezzogiorno."),
    details=("Riguarda {count} telefoni.", "I clienti si lamentano con noi."), asks=("Potete controllare?",),
    answers=("grazie per la segnalazione, l’ho passata agli sviluppatori.",), follow_ups=("Succede ancora.", "Va già meglio."),
    resolutions=("La correzione è in linea, potete riprovare?",), endings=("Ora funziona, grazie.",),
)  # fmt: skip
IT_WISH = Story(
    key="it_wish", weight=3, mood="neutral", tags=("feature request",), language="it",
    subjects=("Esportazione in Excel", "Accesso aziendale", "Tema scuro"),
    openers=("Sarebbe utile esportare gli ordini in Excel.", "Vorremmo accedere con gli account aziendali.", "Ci manca un tema scuro."),
    details=("Ci farebbe risparmiare molto tempo.",), asks=("È previsto?",),
    answers=("grazie dell’idea, l’ho aggiunta alla lista.",), follow_ups=("Fateci sapere.",), resolutions=("Le scrivo appena ci sono novità.",), endings=("Va bene, grazie.",),
)  # fmt: skip

STORIES = (FR_PROBLEM, FR_WISH, FR_MONEY, ES_PROBLEM, ES_WISH, ES_PRAISE, PT_PROBLEM, PT_WISH, IT_PROBLEM, IT_WISH)
