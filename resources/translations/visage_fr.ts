<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>About</name>
    <message>
        <source>&lt;h3&gt;Visage {version}&lt;/h3&gt;
&lt;p&gt;Estimates age and gender of every face, live or in photos. Everything happens on this
computer; no picture leaves it.&lt;/p&gt;
&lt;p&gt;An estimate is a guess from looks. It can be wrong, and it says nothing about who somebody is:
do not decide about people with it.&lt;/p&gt;
&lt;p&gt;Licence of the code: Apache-2.0. The weights of the models are for research and non-commercial
use. The file NOTICE names the work of others.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Visage {version}&lt;/h3&gt;
&lt;p&gt;Estime l’âge et le genre de chaque visage, en direct ou sur des photos. Tout se passe sur cet
ordinateur&#x202f;; aucune image ne le quitte.&lt;/p&gt;
&lt;p&gt;Une estimation se fonde sur l’apparence. Elle peut se tromper et ne dit rien de qui est une
personne&#xa0;: ne vous en servez pas pour décider du sort de quelqu’un.&lt;/p&gt;
&lt;p&gt;Licence du code&#xa0;: Apache-2.0. Les poids des modèles sont réservés à la recherche et à un usage
non commercial. Le fichier NOTICE nomme le travail d’autrui.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Visage</source>
        <translation>À propos de Visage</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Open photo or video…</source>
        <translation>&amp;Ouvrir une photo ou une vidéo…</translation>
    </message>
    <message>
        <source>Open &amp;folder of photos…</source>
        <translation>Ouvrir un &amp;dossier de photos…</translation>
    </message>
    <message>
        <source>Earlier &amp;batches…</source>
        <translation>&amp;Lots précédents…</translation>
    </message>
    <message>
        <source>&amp;Return to the batch</source>
        <translation>&amp;Revenir au lot</translation>
    </message>
    <message>
        <source>Play the &amp;sample</source>
        <translation>Lire l’&amp;exemple</translation>
    </message>
    <message>
        <source>Sa&amp;ve picture…</source>
        <translation>&amp;Enregistrer l’image…</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>&amp;Copier l’image</translation>
    </message>
    <message>
        <source>&amp;Record…</source>
        <translation>Enregistrer une &amp;séance…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>Pre&amp;vious photo</source>
        <translation>Photo pré&amp;cédente</translation>
    </message>
    <message>
        <source>&amp;Next photo</source>
        <translation>Photo suiva&amp;nte</translation>
    </message>
    <message>
        <source>One frame ba&amp;ck</source>
        <translation>Reculer d’&amp;une image</translation>
    </message>
    <message>
        <source>One frame for&amp;ward</source>
        <translation>Avancer d’une &amp;image</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Moins vite</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>&amp;Plus vite</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>Lire en &amp;boucle</translation>
    </message>
    <message>
        <source>Look &amp;harder for faces</source>
        <translation>Chercher plus de &amp;visages</translation>
    </message>
    <message>
        <source>&amp;Mirror</source>
        <translation>&amp;Miroir</translation>
    </message>
    <message>
        <source>&amp;Blur faces</source>
        <translation>&amp;Flouter les visages</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom &amp;avant</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom a&amp;rrière</translation>
    </message>
    <message>
        <source>&amp;Whole picture</source>
        <translation>Image e&amp;ntière</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Plein écran</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>About this &amp;model…</source>
        <translation>À propos de ce &amp;modèle…</translation>
    </message>
    <message>
        <source>&amp;Compare two models…</source>
        <translation>&amp;Comparer deux modèles…</translation>
    </message>
    <message>
        <source>&amp;User guide</source>
        <translation>Guide de l’&amp;utilisateur</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>&amp;About Visage</source>
        <translation>À &amp;propos de Visage</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>Ouvrir le dossier du &amp;journal</translation>
    </message>
    <message>
        <source>Play a&amp;gain</source>
        <translation>Re&amp;lire</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>R&amp;eprendre</translation>
    </message>
    <message>
        <source>End &amp;recording</source>
        <translation>Terminer l’enregis&amp;trement</translation>
    </message>
    <message>
        <source>&amp;Back 5 seconds</source>
        <translation>Re&amp;culer de 5 secondes</translation>
    </message>
    <message>
        <source>&amp;Forward 5 seconds</source>
        <translation>Ava&amp;ncer de 5 secondes</translation>
    </message>
    <message>
        <source>C&amp;lose photo</source>
        <translation>&amp;Fermer la photo</translation>
    </message>
</context>
<context>
    <name>AgeField</name>
    <message>
        <source>Ages go up to {years} years.</source>
        <translation>Les âges vont jusqu’à {years} ans.</translation>
    </message>
</context>
<context>
    <name>BatchActions</name>
    <message>
        <source>&amp;Batch</source>
        <translation>L&amp;ot</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Reprendre</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>Compare with a&amp;nother model…</source>
        <translation>Comparer avec un autre &amp;modèle…</translation>
    </message>
    <message>
        <source>What was left &amp;out…</source>
        <translation>Ce qui a été é&amp;carté…</translation>
    </message>
    <message>
        <source>F&amp;ind a file</source>
        <translation>C&amp;hercher un fichier</translation>
    </message>
    <message>
        <source>Correct the &amp;age</source>
        <translation>Corriger l’&amp;âge</translation>
    </message>
    <message>
        <source>F&amp;emale</source>
        <translation>Fém&amp;inin</translation>
    </message>
    <message>
        <source>&amp;Male</source>
        <translation>&amp;Masculin</translation>
    </message>
    <message>
        <source>Gende&amp;r unsure</source>
        <translation>Genre in&amp;certain</translation>
    </message>
    <message>
        <source>Add a fa&amp;ce</source>
        <translation>Ajouter un visa&amp;ge</translation>
    </message>
    <message>
        <source>Redraw the &amp;box</source>
        <translation>Retracer le &amp;cadre</translation>
    </message>
    <message>
        <source>De&amp;lete the face</source>
        <translation>Supprimer &amp;le visage</translation>
    </message>
    <message>
        <source>Br&amp;ing back deleted faces</source>
        <translation>Rétablir les visages supprimés</translation>
    </message>
    <message>
        <source>O&amp;pen full size</source>
        <translation>&amp;Ouvrir en grand</translation>
    </message>
    <message>
        <source>Show in fol&amp;der</source>
        <translation>Montrer dans le &amp;dossier</translation>
    </message>
    <message>
        <source>Cop&amp;y row</source>
        <translation>Copier la &amp;ligne</translation>
    </message>
    <message>
        <source>Copy picture wit&amp;h faces</source>
        <translation>Copier l’image avec les &amp;visages</translation>
    </message>
    <message>
        <source>Lea&amp;ve out…</source>
        <translation>Écar&amp;ter…</translation>
    </message>
    <message>
        <source>&amp;Zoom into the photo</source>
        <translation>A&amp;grandir la photo</translation>
    </message>
    <message>
        <source>Zoom ou&amp;t of the photo</source>
        <translation>Ré&amp;duire la photo</translation>
    </message>
    <message>
        <source>&amp;Whole photo</source>
        <translation>Photo e&amp;ntière</translation>
    </message>
    <message>
        <source>Rena&amp;me the batch…</source>
        <translation>Renommer le lo&amp;t…</translation>
    </message>
    <message>
        <source>Learn from my correc&amp;tions…</source>
        <translation>Apprendre de mes correct&amp;ions…</translation>
    </message>
    <message>
        <source>Co&amp;rrections</source>
        <translation>Corr&amp;ections</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>Ca&amp;dres</translation>
    </message>
    <message>
        <source>Ro&amp;ws</source>
        <translation>&amp;Lignes</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xporter…</translation>
    </message>
    <message>
        <source>Look again at &amp;failed files</source>
        <translation>Rée&amp;ssayer les échecs</translation>
    </message>
    <message>
        <source>&amp;Label again</source>
        <translation>Réa&amp;nalyser</translation>
    </message>
    <message>
        <source>&amp;Undo the newest change</source>
        <translation>Ann&amp;uler la dernière modification</translation>
    </message>
    <message>
        <source>Clo&amp;se the batch</source>
        <translation>&amp;Fermer le lot</translation>
    </message>
    <message>
        <source>P&amp;hoto</source>
        <translation>Ph&amp;oto</translation>
    </message>
    <message>
        <source>Go &amp;on</source>
        <translation>&amp;Reprendre</translation>
    </message>
</context>
<context>
    <name>BatchChip</name>
    <message>
        <source>The batch “{title}” is at {percent} %</source>
        <translation>Le lot «&#xa0;{title}&#xa0;» en est à {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>The batch “{title}” paused at {percent} %</source>
        <translation>Le lot «&#xa0;{title}&#xa0;» est en pause à {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>The batch “{title}” is done</source>
        <translation>Le lot «&#xa0;{title}&#xa0;» est terminé</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminé</translation>
    </message>
    <message>
        <source>{words}: show it (Ctrl+B)</source>
        <translation>{words}&#xa0;: l’afficher (Ctrl+B)</translation>
    </message>
</context>
<context>
    <name>BatchView</name>
    <message>
        <source>Table</source>
        <translation>Tableau</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistiques</translation>
    </message>
    <message>
        <source>No photo or video was found here.</source>
        <translation>Aucune photo ni vidéo n’a été trouvée ici.</translation>
    </message>
    <message>
        <source>The batch “{title}” is done: {photos}, {faces}.</source>
        <translation>Le lot «&#xa0;{title}&#xa0;» est terminé&#xa0;: {photos}, {faces}.</translation>
    </message>
    <message>
        <source>Photos appear here as they are found.</source>
        <translation>Les photos apparaissent ici à mesure qu’elles sont trouvées.</translation>
    </message>
    <message>
        <source>No batch is open.</source>
        <translation>Aucun lot n’est ouvert.</translation>
    </message>
    <message>
        <source>No row passes the filter. Clear it to see all of them.</source>
        <translation>Aucune ligne ne passe le filtre. Effacez-le pour les voir toutes.</translation>
    </message>
    <message>
        <source>Not all photos were looked for yet. Go on to find them.</source>
        <translation>Toutes les photos n’ont pas encore été cherchées. Reprenez pour les trouver.</translation>
    </message>
    <message>
        <source>What was left out, and why, is listed above.</source>
        <translation>Ce qui a été écarté, et pourquoi, est indiqué plus haut.</translation>
    </message>
</context>
<context>
    <name>BatchWorker</name>
    <message>
        <source>{name} and {count} more</source>
        <translation>{name} et {count} de plus</translation>
    </message>
</context>
<context>
    <name>BoxCommands</name>
    <message numerus="yes">
        <source>%Ln face(s) were deleted.</source>
        <translation>
            <numerusform>%Ln visage a été supprimé.</numerusform>
            <numerusform>%Ln visages ont été supprimés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted face(s) are back.</source>
        <translation>
            <numerusform>%Ln visage supprimé est de retour.</numerusform>
            <numerusform>%Ln visages supprimés sont de retour.</numerusform>
        </translation>
    </message>
    <message>
        <source>No face of this photo was deleted.</source>
        <translation>Aucun visage de cette photo n’a été supprimé.</translation>
    </message>
</context>
<context>
    <name>CameraMenu</name>
    <message>
        <source>&amp;Camera</source>
        <translation>&amp;Caméra</translation>
    </message>
    <message>
        <source>Looking for cameras…</source>
        <translation>Recherche de caméras…</translation>
    </message>
    <message>
        <source>No camera was found. Is it plugged in?</source>
        <translation>Aucune caméra n’a été trouvée. Est-elle branchée&#x202f;?</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>&amp;Source</translation>
    </message>
</context>
<context>
    <name>ChangeNotices</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The photo with its faces is on the clipboard.</source>
        <translation>La photo avec ses visages est dans le presse-papiers.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) left out. The list of what was left out names them.</source>
        <translation>
            <numerusform>%Ln fichier écarté. La liste de ce qui a été écarté le nomme.</numerusform>
            <numerusform>%Ln fichiers écartés. La liste de ce qui a été écarté les nomme.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>Compare two models</source>
        <translation>Comparer deux modèles</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>Premier modèle</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>Second modèle</translation>
    </message>
    <message>
        <source>Show &amp;both in the picture</source>
        <translation>Afficher les &amp;deux dans l’image</translation>
    </message>
    <message>
        <source>beside</source>
        <translation>face à</translation>
    </message>
    <message>
        <source>Both models look at the picture…</source>
        <translation>Les deux modèles examinent l’image…</translation>
    </message>
    <message>
        <source>No face.</source>
        <translation>Aucun visage.</translation>
    </message>
    <message>
        <source>They are {mean} years apart on average.</source>
        <translation>Écart moyen&#xa0;: {mean} ans.</translation>
    </message>
    <message>
        <source>age</source>
        <translation>âge</translation>
    </message>
    <message>
        <source>gender</source>
        <translation>genre</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Years
apart</source>
        <translation>Écart
en années</translation>
    </message>
</context>
<context>
    <name>CorrectionForm</name>
    <message>
        <source>Type an age, or F, M or U for the gender. Enter goes to the next face.</source>
        <translation>Tapez un âge, ou F, M ou U pour le genre. Entrée passe au visage suivant.</translation>
    </message>
    <message>
        <source>Age by hand</source>
        <translation>Âge à la main</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Take the newest change back (Ctrl+Z)</source>
        <translation>Annuler la dernière modification (Ctrl+Z)</translation>
    </message>
    <message>
        <source>{count} faces are chosen: what you enter counts for all of them.</source>
        <translation>{count} visages sont choisis&#xa0;: votre saisie vaut pour tous.</translation>
    </message>
    <message>
        <source>Estimated: {words}</source>
        <translation>Estimation&#xa0;: {words}</translation>
    </message>
    <message>
        <source>{gender} ({key}); once more for the estimate</source>
        <translation>{gender} ({key})&#x202f;; une fois de plus pour l’estimation</translation>
    </message>
    <message>
        <source>{gender} by hand</source>
        <translation>{gender}, à la main</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln video(s)</source>
        <translation>
            <numerusform>%Ln vidéo</numerusform>
            <numerusform>%Ln vidéos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln face(s)</source>
        <translation>
            <numerusform>%Ln visage</numerusform>
            <numerusform>%Ln visages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) left</source>
        <translation>
            <numerusform>encore %Ln fichier</numerusform>
            <numerusform>encore %Ln fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>face(s)</source>
        <translation>
            <numerusform>visage</numerusform>
            <numerusform>visages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>photo(s)</source>
        <translation>
            <numerusform>photo</numerusform>
            <numerusform>photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln fichier</numerusform>
            <numerusform>%Ln fichiers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>people seen in %Ln video(s)</source>
        <translation>
            <numerusform>personnes vues dans %Ln vidéo</numerusform>
            <numerusform>personnes vues dans %Ln vidéos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln personne</numerusform>
            <numerusform>%Ln personnes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln frame(s)/s</source>
        <translation>
            <numerusform>%Ln image/s</numerusform>
            <numerusform>%Ln images/s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rate} photo(s)/s</source>
        <translation>
            <numerusform>{rate} photo/s</numerusform>
            <numerusform>{rate} photos/s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Visage met a bug</source>
        <translation>Erreur dans Visage</translation>
    </message>
    <message>
        <source>Something went wrong inside Visage</source>
        <translation>Une erreur s’est produite dans Visage</translation>
    </message>
    <message>
        <source>Your files are as they were. The report below helps to mend it.</source>
        <translation>Vos fichiers sont intacts. Le rapport ci-dessous aide à corriger l’erreur.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>&amp;Copier le rapport</translation>
    </message>
</context>
<context>
    <name>Drop</name>
    <message>
        <source>Only files on this computer can be dropped: a photo, a video, a folder.</source>
        <translation>Seuls des fichiers de cet ordinateur peuvent être déposés&#xa0;: une photo, une vidéo, un dossier.</translation>
    </message>
    <message>
        <source>{name} is neither a photo, a video nor a folder.</source>
        <translation>{name} n’est ni une photo, ni une vidéo, ni un dossier.</translation>
    </message>
    <message>
        <source>None of these {count} files is a photo, a video or a folder.</source>
        <translation>Aucun de ces {count} fichiers n’est une photo, une vidéo ou un dossier.</translation>
    </message>
</context>
<context>
    <name>DropHighlight</name>
    <message>
        <source>Drop to look for faces</source>
        <translation>Déposez pour chercher des visages</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Try the sample</source>
        <translation>Essayer l’exemple</translation>
    </message>
    <message>
        <source>Use a camera</source>
        <translation>Utiliser une caméra</translation>
    </message>
    <message>
        <source>Open photo or video…</source>
        <translation>Ouvrir une photo ou une vidéo…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ouvrir un dossier…</translation>
    </message>
    <message>
        <source>Again:</source>
        <translation>Rouvrir&#xa0;:</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Oublier cette liste</translation>
    </message>
    <message>
        <source>Batches:</source>
        <translation>Lots&#xa0;:</translation>
    </message>
    <message>
        <source>Open the batch {name}</source>
        <translation>Ouvrir le lot {name}</translation>
    </message>
    <message>
        <source>Open {name} again</source>
        <translation>Rouvrir {name}</translation>
    </message>
    <message>
        <source>Drop a photo, a video or a folder here</source>
        <translation>Déposez ici une photo, une vidéo ou un dossier</translation>
    </message>
    <message>
        <source>Visage finds every face and estimates its age and gender.</source>
        <translation>Visage trouve chaque visage et en estime l’âge et le genre.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Rien ne quitte cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>{number} of {photos}</source>
        <translation>{number} sur {photos}</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>By a&amp;ge group</source>
        <translation>Par tranche d’â&amp;ge</translation>
    </message>
    <message>
        <source>By g&amp;ender</source>
        <translation>Par ge&amp;nre</translation>
    </message>
    <message>
        <source>The sidecar that is there, else photo.jpg.xmp</source>
        <translation>Le fichier annexe présent, sinon photo.jpg.xmp</translation>
    </message>
    <message>
        <source>photo.jpg.xmp (digiKam, darktable, Immich)</source>
        <translation>photo.jpg.xmp (digiKam, darktable, Immich)</translation>
    </message>
    <message>
        <source>photo.xmp (Adobe, Capture One, Apple Photos)</source>
        <translation>photo.xmp (Adobe, Capture One, Apple Photos)</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Les deux</translation>
    </message>
    <message>
        <source>&amp;All photos</source>
        <translation>&amp;Toutes les photos</translation>
    </message>
    <message>
        <source>&amp;Only what the filter shows</source>
        <translation>&amp;Seulement ce que montre le filtre</translation>
    </message>
    <message>
        <source>For &amp;Excel: begin with a byte-order mark</source>
        <translation>Pour &amp;Excel&#xa0;: commencer par une marque d’ordre (BOM)</translation>
    </message>
    <message>
        <source>Without the mark, Excel shows accents wrongly</source>
        <translation>Sans cette marque, Excel affiche mal les accents</translation>
    </message>
    <message>
        <source>Fit the &amp;ranges of ages to my corrections</source>
        <translation>Ajuster les &amp;fourchettes d’âges à mes corrections</translation>
    </message>
    <message>
        <source>They then hold 8 in 10 of this batch; it takes 30 corrected ages</source>
        <translation>Elles contiennent alors 8 âges sur 10 de ce lot&#x202f;; il y faut 30 âges corrigés</translation>
    </message>
    <message>
        <source>&amp;Blur the faces beyond recognition</source>
        <translation>&amp;Flouter les visages (méconnaissables)</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Choisir…</translation>
    </message>
    <message>
        <source>&amp;All: {counts}</source>
        <translation>&amp;Tout&#xa0;: {counts}</translation>
    </message>
    <message>
        <source>&amp;Only what the filter shows: {counts}</source>
        <translation>&amp;Seulement ce que montre le filtre&#xa0;: {counts}</translation>
    </message>
    <message>
        <source>Beside each photo.</source>
        <translation>À côté de chaque photo.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Contenu</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File &amp;name</source>
        <translation>&amp;Nom du fichier</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Destination</translation>
    </message>
</context>
<context>
    <name>ExportFormats</name>
    <message>
        <source>&amp;Table (CSV)</source>
        <translation>Ta&amp;bleau (CSV)</translation>
    </message>
    <message>
        <source>E&amp;xcel workbook</source>
        <translation>Classeur E&amp;xcel</translation>
    </message>
    <message>
        <source>The table as an .xlsx file, its columns ready to be filtered.</source>
        <translation>Le tableau en fichier .xlsx, ses colonnes prêtes à être filtrées.</translation>
    </message>
    <message>
        <source>&amp;JSON Lines</source>
        <translation>&amp;JSON Lines</translation>
    </message>
    <message>
        <source>XMP &amp;sidecars</source>
        <translation>Fichiers &amp;annexes XMP</translation>
    </message>
    <message>
        <source>&amp;Annotated copies</source>
        <translation>Copies a&amp;nnotées</translation>
    </message>
    <message>
        <source>annotated photos</source>
        <translation>photos annotées</translation>
    </message>
    <message>
        <source>S&amp;orted copies</source>
        <translation>Copies &amp;triées</translation>
    </message>
    <message>
        <source>One row for each face, in a video for each person, for any spreadsheet or program.</source>
        <translation>Une ligne par visage, par personne dans une vidéo, pour tout tableur ou programme.</translation>
    </message>
    <message>
        <source>faces.csv</source>
        <translation>visages.csv</translation>
    </message>
    <message>
        <source>faces.xlsx</source>
        <translation>visages.xlsx</translation>
    </message>
    <message>
        <source>One line for each photo or video with all that is known of its faces, for programs.</source>
        <translation>Une ligne par photo ou vidéo avec tout ce qui est connu de ses visages, pour des programmes.</translation>
    </message>
    <message>
        <source>faces.jsonl</source>
        <translation>visages.jsonl</translation>
    </message>
    <message>
        <source>A small file beside each photo with all of its faces, for digiKam, darktable and others. What a sidecar holds already stays. Videos get none.</source>
        <translation>Un petit fichier à côté de chaque photo avec tous ses visages, pour digiKam, darktable et d’autres. Ce qu’un fichier annexe contient déjà y reste. Les vidéos n’en ont pas.</translation>
    </message>
    <message>
        <source>A JPEG of each photo with boxes and labels, without the photo&apos;s other data; of a video, of the frame that shows each person best.</source>
        <translation>Un JPEG de chaque photo avec cadres et légendes, sans les autres données de la photo&#x202f;; d’une vidéo, l’image qui montre le mieux chaque personne.</translation>
    </message>
    <message>
        <source>The photos as they are, copied into a folder for each age group or gender. Videos are not copied.</source>
        <translation>Les photos telles quelles, copiées dans un dossier par tranche d’âge ou par genre. Les vidéos ne sont pas copiées.</translation>
    </message>
    <message>
        <source>sorted photos</source>
        <translation>photos triées</translation>
    </message>
    <message>
        <source>Trainin&amp;g chips</source>
        <translation>&amp;Vignettes d’entraînement</translation>
    </message>
    <message>
        <source>Each face upright, 200 × 200 pixels, named as in UTKFace: to train a model on. Faces without an age or a sure gender are left out.</source>
        <translation>Chaque visage redressé, 200 × 200 pixels, nommé comme dans UTKFace&#xa0;: pour entraîner un modèle. Les visages sans âge ou de genre incertain sont écartés.</translation>
    </message>
    <message>
        <source>training chips</source>
        <translation>vignettes</translation>
    </message>
    <message>
        <source>{done} before; what was written stays.</source>
        <translation>{done} avant cela&#x202f;; ce qui est écrit reste.</translation>
    </message>
    <message>
        <source>{done} to {folder}</source>
        <translation>{done} dans {folder}</translation>
    </message>
    <message>
        <source>Stopped. {done}.</source>
        <translation>Arrêté. {done}.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>Arrêté. Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>{path} was written.</source>
        <translation>Fichier écrit&#xa0;: {path}.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Rien n’a été écrit.</translation>
    </message>
</context>
<context>
    <name>ExportResult</name>
    <message>
        <source>Open &amp;folder</source>
        <translation>Ouvrir le &amp;dossier</translation>
    </message>
    <message>
        <source>Photos that were left out</source>
        <translation>Photos écartées</translation>
    </message>
</context>
<context>
    <name>FaceCell</name>
    <message>
        <source>No picture</source>
        <translation>Pas d’image</translation>
    </message>
</context>
<context>
    <name>FaceGrid</name>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
</context>
<context>
    <name>FaceModel</name>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message>
        <source>Face {number} of {count} · its box is by hand</source>
        <translation>Visage {number} sur {count} · cadre tracé à la main</translation>
    </message>
    <message>
        <source>Face {number} of {count}</source>
        <translation>Visage {number} sur {count}</translation>
    </message>
    <message>
        <source>{face} · the other model: {words}</source>
        <translation>{face} · l’autre modèle&#xa0;: {words}</translation>
    </message>
    <message>
        <source>{face} · seen {time}, best at {frame}</source>
        <translation>{face} · vu {time}, au mieux à {frame}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>No face was found.</source>
        <translation>Aucun visage n’a été trouvé.</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open photo or video</source>
        <translation>Ouvrir une photo ou une vidéo</translation>
    </message>
    <message>
        <source>Photos and videos</source>
        <translation>Photos et vidéos</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Open folder of photos</source>
        <translation>Ouvrir un dossier de photos</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Enregistrer l’image</translation>
    </message>
    <message>
        <source>JPEG picture</source>
        <translation>Image JPEG</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>Image PNG</translation>
    </message>
    <message>
        <source>Export into folder</source>
        <translation>Exporter dans un dossier</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All rows</source>
        <translation>Toutes les lignes</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigés</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Douteux</translation>
    </message>
    <message>
        <source>No face found</source>
        <translation>Sans visage</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Illisibles</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>Effacer le texte</translation>
    </message>
    <message>
        <source>Find a file</source>
        <translation>Chercher un fichier</translation>
    </message>
    <message>
        <source>Filter: a part of the path</source>
        <translation>Filtre&#xa0;: une partie du chemin</translation>
    </message>
    <message>
        <source>Filter: youngest age</source>
        <translation>Filtre&#xa0;: âge minimal</translation>
    </message>
    <message>
        <source>from</source>
        <translation>de</translation>
    </message>
    <message>
        <source>Filter: oldest age</source>
        <translation>Filtre&#xa0;: âge maximal</translation>
    </message>
    <message>
        <source>to</source>
        <translation>à</translation>
    </message>
    <message>
        <source>Filter: gender</source>
        <translation>Filtre&#xa0;: genre</translation>
    </message>
    <message>
        <source>Any gender</source>
        <translation>Tout genre</translation>
    </message>
    <message>
        <source>Filter: kind of rows</source>
        <translation>Filtre&#xa0;: sorte de lignes</translation>
    </message>
    <message>
        <source>Clear the filter: show all rows again</source>
        <translation>Effacer le filtre&#xa0;: revoir toutes les lignes</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Effacer le filtre</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
</context>
<context>
    <name>FrameCanvas</name>
    <message>
        <source>Picture with the faces found in it</source>
        <translation>Image avec les visages trouvés</translation>
    </message>
</context>
<context>
    <name>GetModelDialog</name>
    <message>
        <source>Get a model</source>
        <translation>Obtenir un modèle</translation>
    </message>
    <message>
        <source>USER/NAME</source>
        <translation>UTILISATEUR/NOM</translation>
    </message>
    <message>
        <source>Where the model lies on the Hub</source>
        <translation>Où se trouve le modèle sur le Hub</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>&amp;Télécharger</translation>
    </message>
    <message>
        <source>&amp;Use this model</source>
        <translation>&amp;Utiliser ce modèle</translation>
    </message>
    <message>
        <source>Models from the Hugging Face Hub</source>
        <translation>Modèles du Hub de Hugging Face</translation>
    </message>
    <message>
        <source>Download asks huggingface.co for the model, which learns this computer’s address and what you want. No picture goes with it, and nothing else in this window uses the network.</source>
        <translation>Télécharger demande le modèle à huggingface.co, qui apprend l’adresse de cet ordinateur et ce que vous voulez. Aucune image ne part avec la demande, et rien d’autre dans cette fenêtre n’utilise le réseau.</translation>
    </message>
    <message>
        <source>Anybody may publish there: take models only from somebody you trust, and read their terms.</source>
        <translation>N’importe qui peut y publier&#xa0;: ne prenez des modèles que d’une personne de confiance, et lisez leurs conditions.</translation>
    </message>
    <message>
        <source>Asking the Hub…</source>
        <translation>Demande au Hub…</translation>
    </message>
    <message>
        <source>{came} of {all} MB</source>
        <translation>{came} Mo sur {all}</translation>
    </message>
    <message>
        <source>{title} is installed.</source>
        <translation>{title} est installé.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;nnuler</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Open a job to see its faces.</source>
        <translation>Ouvrez un lot pour en voir les visages.</translation>
    </message>
    <message>
        <source>No face passes the filter.</source>
        <translation>Aucun visage ne passe le filtre.</translation>
    </message>
    <message>
        <source>No faces yet.</source>
        <translation>Pas encore de visage.</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>User guide</source>
        <translation>Guide de l’utilisateur</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapitres</translation>
    </message>
</context>
<context>
    <name>JobCommands</name>
    <message>
        <source>The next photos are labelled with this model.</source>
        <translation>Les prochaines photos seront analysées avec ce modèle.</translation>
    </message>
    <message>
        <source>Label in a new batch</source>
        <translation>Analyser dans un nouveau lot</translation>
    </message>
    <message>
        <source>“{title}” was stopped. It is kept under Earlier batches.</source>
        <translation>«&#xa0;{title}&#xa0;» a été arrêté. Vous le retrouverez dans Lots précédents.</translation>
    </message>
    <message>
        <source>Go on with it instead</source>
        <translation>Le reprendre plutôt</translation>
    </message>
</context>
<context>
    <name>JobHeader</name>
    <message>
        <source>Progress of the batch</source>
        <translation>Avancement du lot</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Export ages and genders, or copies of the photos (Ctrl+S)</source>
        <translation>Exporter les âges et les genres, ou des copies des photos (Ctrl+S)</translation>
    </message>
    <message>
        <source>Label again</source>
        <translation>Réanalyser</translation>
    </message>
    <message>
        <source>Close the batch; it is kept (Ctrl+W)</source>
        <translation>Fermer le lot&#x202f;; il est conservé (Ctrl+W)</translation>
    </message>
    <message>
        <source>Close the batch</source>
        <translation>Fermer le lot</translation>
    </message>
    <message>
        <source>{model}, compared with {other}</source>
        <translation>{model}, comparé à {other}</translation>
    </message>
    <message>
        <source>Labelled by {model}</source>
        <translation>Analysé par le modèle {model}</translation>
    </message>
    <message numerus="yes">
        <source>Look again at %Ln failed file(s)</source>
        <translation>
            <numerusform>Réessayer %Ln échec</numerusform>
            <numerusform>Réessayer %Ln échecs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln échec</numerusform>
            <numerusform>%Ln échecs</numerusform>
        </translation>
    </message>
    <message>
        <source>Label again. Every photo is looked at again; what you corrected stays.</source>
        <translation>Réanalyser. Chaque photo est réexaminée&#x202f;; vos corrections restent.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out…</source>
        <translation>
            <numerusform>%Ln écarté…</numerusform>
            <numerusform>%Ln écartés…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobTitle</name>
    <message>
        <source>Rename the batch</source>
        <translation>Renommer le lot</translation>
    </message>
    <message>
        <source>Name of the batch</source>
        <translation>Nom du lot</translation>
    </message>
</context>
<context>
    <name>JobsDialog</name>
    <message>
        <source>Earlier batches</source>
        <translation>Lots précédents</translation>
    </message>
    <message>
        <source>No batches yet. Drop a folder of photos on the window.</source>
        <translation>Pas encore de lot. Déposez un dossier de photos sur la fenêtre.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>Labelled by</source>
        <translation>Analysé par</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>Delete this batch?</source>
        <translation>Supprimer ce lot&#x202f;?</translation>
    </message>
    <message>
        <source>Delete the batch “{title}”?</source>
        <translation>Supprimer le lot «&#xa0;{title}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>Its ages, genders and corrections are forgotten. Your photos and what you exported stay where they are.</source>
        <translation>Ses âges, ses genres et ses corrections seront oubliés. Vos photos et ce que vous avez exporté restent en place.</translation>
    </message>
    <message>
        <source>Delete batch</source>
        <translation>Supprimer le lot</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conserver</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>Pas encore parcouru</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Shift+Left, Right, Up, Down	Move the picture</source>
        <translation>Maj+Gauche, Droite, Haut, Bas	Déplacer l’image</translation>
    </message>
    <message>
        <source>Wheel, pinch, double click	Nearer, and back</source>
        <translation>Molette, pincement, double clic	Se rapprocher, et revenir</translation>
    </message>
    <message>
        <source>Up, Down, Page Up, Page Down, Home, End	Walk through the rows</source>
        <translation>Haut, Bas, Page préc., Page suiv., Début, Fin	Parcourir les lignes</translation>
    </message>
    <message>
        <source>0 to 9, Enter	Begin an age for the chosen faces</source>
        <translation>0 à 9, Entrée	Saisir un âge pour les visages choisis</translation>
    </message>
    <message>
        <source>Enter in the age	Take it, and go to the next face</source>
        <translation>Entrée dans l’âge	Valider, et passer au visage suivant</translation>
    </message>
    <message>
        <source>Delete in the photo	Delete the face</source>
        <translation>Suppr dans la photo	Supprimer le visage</translation>
    </message>
    <message>
        <source>Esc	Leave a field</source>
        <translation>Échap	Quitter un champ</translation>
    </message>
    <message>
        <source>Arrows, Shift+arrows, Enter, Esc	Move, resize, take, leave the box that is drawn</source>
        <translation>Flèches, Maj+flèches, Entrée, Échap	Déplacer, redimensionner, accepter, abandonner le cadre</translation>
    </message>
    <message>
        <source>Ctrl+1, 2, 3	Table, faces, statistics</source>
        <translation>Ctrl+1, 2, 3	Tableau, visages, statistiques</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>In a picture that was zoomed into</source>
        <translation>Dans une image agrandie</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
</context>
<context>
    <name>LearningDialog</name>
    <message>
        <source>Learn from my corrections</source>
        <translation>Apprendre de mes corrections</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>perso</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>&amp;Apprendre</translation>
    </message>
    <message>
        <source>&amp;Measure this folder</source>
        <translation>&amp;Mesurer ce dossier</translation>
    </message>
    <message>
        <source>How far its pictures are from those that the model learnt from</source>
        <translation>À quelle distance ses images sont de celles dont le modèle a appris</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>From the ages that you corrected, the model learns by how much it is wrong in pictures that look like these. What it learns becomes a new model, if it is better on your faces beyond chance and on other faces no worse.</source>
        <translation>Des âges que vous avez corrigés, le modèle apprend de combien il se trompe dans des images qui ressemblent à celles-ci. Ce qu’il apprend devient un nouveau modèle, s’il est meilleur sur vos visages au-delà du hasard et pas plus mauvais sur d’autres.</translation>
    </message>
    <message>
        <source>It takes 50 faces or more. Correct faces that were right, too: who corrects errors alone teaches that everything is wrong. Nothing leaves this computer, and the new model holds no picture.</source>
        <translation>Il faut au moins 50 visages. Confirmez aussi des âges qui étaient justes&#xa0;: qui ne corrige que les erreurs apprend au modèle que tout est faux. Rien ne quitte cet ordinateur, et le nouveau modèle ne contient aucune image.</translation>
    </message>
    <message>
        <source>&amp;Name of the new model</source>
        <translation>&amp;Nom du nouveau modèle</translation>
    </message>
    <message>
        <source>{done} of {count} faces</source>
        <translation>{done} visages sur {count}</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept: the next time goes on from there.</source>
        <translation>Arrêté. Ce qui a été lu est conservé&#xa0;: la prochaine fois reprend de là.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
</context>
<context>
    <name>LearningWords</name>
    <message>
        <source>Faces whose photos cannot be read any more: {count}.</source>
        <translation>Visages dont les photos ne peuvent plus être lues&#xa0;: {count}.</translation>
    </message>
    <message>
        <source>The pictures of this folder look like those that the model learnt from ({deviations} standard deviations away, by {count} faces).</source>
        <translation>Les images de ce dossier ressemblent à celles dont le modèle a appris (à {deviations} écarts-types, d’après {count} visages).</translation>
    </message>
    <message>
        <source>The pictures of this folder are somewhat unlike those that the model learnt from ({deviations} standard deviations away, by {count} faces).</source>
        <translation>Les images de ce dossier diffèrent un peu de celles dont le modèle a appris (à {deviations} écarts-types, d’après {count} visages).</translation>
    </message>
    <message>
        <source>The pictures of this folder are far from those that the model learnt from ({deviations} standard deviations away, by {count} faces).</source>
        <translation>Les images de ce dossier sont loin de celles dont le modèle a appris (à {deviations} écarts-types, d’après {count} visages).</translation>
    </message>
    <message>
        <source>How wide its ranges must be is seen from 30 corrected ages on.</source>
        <translation>La largeur qu’il faut à ses fourchettes se voit à partir de 30 âges corrigés.</translation>
    </message>
    <message>
        <source>Its ranges hold the age of {share} % of {count} corrected faces. Reaching {factor} times as far to either side, they would hold 8 in 10 of the others.</source>
        <translation>Ses fourchettes contiennent l’âge de {share}&#xa0;% de {count} visages corrigés. En allant {factor} fois aussi loin de chaque côté, elles en contiendraient 8 sur 10 parmi les autres.</translation>
    </message>
    <message>
        <source>It is better, and installed as “{name}”. Choose it in the menu Model, and then Label again.</source>
        <translation>Il est meilleur, et installé sous le nom «&#xa0;{name}&#xa0;». Choisissez-le dans le menu Modèle, puis Réanalyser.</translation>
    </message>
    <message>
        <source>It is no better beyond chance, so nothing was installed. More corrected faces may help, or there is nothing to learn.</source>
        <translation>Il n’est pas meilleur au-delà du hasard&#xa0;: rien n’a été installé. Plus de visages corrigés y aideraient peut-être, ou il n’y a rien à apprendre.</translation>
    </message>
    <message>
        <source>It would become worse on other faces, so nothing was installed: these pictures look too much like all others.</source>
        <translation>Il deviendrait plus mauvais sur d’autres visages, et rien n’a été installé&#xa0;: ces images ressemblent trop à toutes les autres.</translation>
    </message>
    <message>
        <source>The corrected ages do not follow the faces, so nothing was installed. Look whether some are mistaken.</source>
        <translation>Les âges corrigés ne suivent pas les visages&#xa0;: rien n’a été installé. Regardez si certains sont erronés.</translation>
    </message>
    <message>
        <source>Years off on your {count} faces, each by what was learnt from other photos: {before} before, {after} after. On the faces that the model knew: {known_before} before, {known_after} after.</source>
        <translation>Erreur moyenne sur vos {count} visages, chacun jugé d’après d’autres photos&#xa0;: {before} ans avant, {after} après. Sur les visages que le modèle connaissait&#xa0;: {known_before} avant, {known_after} après.</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message numerus="yes">
        <source>%Ln person(s) seen.</source>
        <translation>
            <numerusform>%Ln personne vue.</numerusform>
            <numerusform>%Ln personnes vues.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>No face was found.</source>
        <translation>Aucun visage n’a été trouvé.</translation>
    </message>
    <message>
        <source>Look harder</source>
        <translation>Chercher plus</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>En choisir une autre</translation>
    </message>
    <message>
        <source>Sample clip</source>
        <translation>Vidéo d’exemple</translation>
    </message>
</context>
<context>
    <name>LiveWorker</name>
    <message>
        <source>There is no photo in {folder}.</source>
        <translation>Il n’y a aucune photo dans {folder}.</translation>
    </message>
    <message>
        <source>{name} holds no picture.</source>
        <translation>{name} ne contient pas d’image.</translation>
    </message>
</context>
<context>
    <name>LoadingView</name>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>Ouverture de {name}…</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>&amp;Lecture</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Choose a source</source>
        <translation>Choisir une source</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Choisir un fichier</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>L’afficher</translation>
    </message>
    <message>
        <source>The batch “{title}” was not looked through to its end.</source>
        <translation>Le lot «&#xa0;{title}&#xa0;» n’a pas été parcouru jusqu’au bout.</translation>
    </message>
    <message numerus="yes">
        <source>The batch “{title}” is not finished: %Ln photo(s) left.</source>
        <translation>
            <numerusform>Le lot «&#xa0;{title}&#xa0;» n’est pas terminé&#xa0;: il reste %Ln photo.</numerusform>
            <numerusform>Le lot «&#xa0;{title}&#xa0;» n’est pas terminé&#xa0;: il reste %Ln photos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>The window speaks another language once the recording has ended.</source>
        <translation>La fenêtre changera de langue dès que la séance sera enregistrée.</translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>Close the message</source>
        <translation>Fermer le message</translation>
    </message>
</context>
<context>
    <name>ModelCardDialog</name>
    <message>
        <source>{number} years</source>
        <translation>{number} ans</translation>
    </message>
    <message>
        <source>average error of age</source>
        <translation>d’erreur moyenne sur l’âge</translation>
    </message>
    <message>
        <source>of ages within 10 years</source>
        <translation>des âges à moins de 10 ans</translation>
    </message>
    <message>
        <source>of genders right</source>
        <translation>des genres justes</translation>
    </message>
    <message>
        <source>of genders right, 13 and over</source>
        <translation>des genres justes, 13 ans et plus</translation>
    </message>
    <message>
        <source>of ages inside the range</source>
        <translation>des âges dans la fourchette</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Visages</translation>
    </message>
    <message>
        <source>Age error, years</source>
        <translation>Erreur d’âge, années</translation>
    </message>
    <message>
        <source>Gender right</source>
        <translation>Genre juste</translation>
    </message>
    <message>
        <source>Model: {title}</source>
        <translation>Modèle&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Collection</translation>
    </message>
    <message>
        <source>By collection of faces</source>
        <translation>Par collection de visages</translation>
    </message>
    <message>
        <source>By age</source>
        <translation>Par âge</translation>
    </message>
    <message>
        <source>{count} parameters, faces of {size} × {size} px</source>
        <translation>{count} paramètres, visages de {size} × {size} px</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Limites</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Données d’entraînement</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Trained with</source>
        <translation>Entraîné avec</translation>
    </message>
    <message>
        <source>Measured with</source>
        <translation>Mesuré avec</translation>
    </message>
    <message>
        <source>Nobody has measured this model yet.</source>
        <translation>Personne n’a encore mesuré ce modèle.</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modèle</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>Aucun modèle n’est installé.</translation>
    </message>
    <message>
        <source>&amp;Get a model…</source>
        <translation>&amp;Obtenir un modèle…</translation>
    </message>
    <message>
        <source>age ±{error} years</source>
        <translation>âge à ±{error} ans</translation>
    </message>
    <message>
        <source>gender {share} %</source>
        <translation>genre {share}&#xa0;%</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non mesuré</translation>
    </message>
</context>
<context>
    <name>ModelQuestion</name>
    <message>
        <source>Compare with another model</source>
        <translation>Comparer avec un autre modèle</translation>
    </message>
    <message>
        <source>The other model</source>
        <translation>L’autre modèle</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Comparer</translation>
    </message>
    <message>
        <source>“{title}” was labelled by {model}. Another model looks at the same photos, as a batch of its own, and its answers stand beside those.</source>
        <translation>«&#xa0;{title}&#xa0;» a été analysé par le modèle {model}. Un autre modèle regarde les mêmes photos, dans son propre lot, et ses réponses s’affichent à côté.</translation>
    </message>
    <message>
        <source>“{title}” was labelled by {model}, and no other model is installed.</source>
        <translation>«&#xa0;{title}&#xa0;» a été analysé par le modèle {model}, et aucun autre modèle n’est installé.</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>&lt;h3&gt;Visage&lt;/h3&gt;
&lt;p&gt;An estimate says how old a face looks and how a stranger would read its gender, not who a
person is. It can be wrong. Visage must not be used to decide about people: not who may buy, enter,
work or be watched.&lt;/p&gt;
&lt;p&gt;Pictures are looked at by the computer that runs this page, and go nowhere else. What you upload
is removed as soon as it was looked at, a finished video after ten minutes.&lt;/p&gt;
&lt;p&gt;The code is under the Apache License 2.0. The weights of the models are for research and
non-commercial use. The file NOTICE names the work of others.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Visage&lt;/h3&gt;
&lt;p&gt;Une estimation dit quel âge paraît un visage et comment un inconnu lirait son genre, non qui est
une personne. Elle peut se tromper. Visage ne doit pas servir à décider du sort de personnes&#xa0;: ni
qui peut acheter, entrer ou travailler, ni qui est surveillé.&lt;/p&gt;
&lt;p&gt;Les images sont examinées par l’ordinateur qui sert cette page et ne vont nulle part ailleurs. Ce
qui est déposé est effacé aussitôt examiné, une vidéo achevée après dix minutes.&lt;/p&gt;
&lt;p&gt;Le code est sous licence Apache 2.0. Les poids des modèles sont réservés à la recherche et à un
usage non commercial. Le fichier NOTICE nomme le travail d’autrui.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>.</source>
        <translation>,</translation>
    </message>
    <message>
        <source>Estimates the age and gender of faces, on the computer that runs this page.</source>
        <translation>Estime l’âge et le genre des visages, sur l’ordinateur qui sert cette page.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Look hard for small faces (takes longer)</source>
        <translation>Chercher aussi les petits visages (plus long)</translation>
    </message>
    <message>
        <source>Photos (drop or choose, several at once)</source>
        <translation>Photos (déposer ou choisir, plusieurs à la fois)</translation>
    </message>
    <message>
        <source>Or paste a picture</source>
        <translation>Ou coller une image</translation>
    </message>
    <message>
        <source>A video</source>
        <translation>Une vidéo</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>image collée</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Click to Access Webcam</source>
        <translation>Cliquer pour utiliser la caméra</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>File(s) exceed the maximum allowed size of</source>
        <translation>Trop grand&#xa0;: un fichier peut avoir</translation>
    </message>
    <message>
        <source>If the browser refuses the camera, allow it for this page in the browser’s settings, and load the page again.</source>
        <translation>Si le navigateur refuse la caméra, autorisez-la pour cette page dans ses réglages, puis rechargez la page.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Fourchette</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>No face was found.</source>
        <translation>Aucun visage n’a été trouvé.</translation>
    </message>
    <message>
        <source>Videos have a tab of their own.</source>
        <translation>Les vidéos ont leur propre onglet.</translation>
    </message>
    <message>
        <source>Only the first {count} photos were looked at.</source>
        <translation>Seules les {count} premières photos ont été examinées.</translation>
    </message>
    <message>
        <source>Only the first {seconds} seconds were looked at.</source>
        <translation>Seules les {seconds} premières secondes ont été examinées.</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>douteux</translation>
    </message>
    <message>
        <source>female</source>
        <translation>féminin</translation>
    </message>
    <message>
        <source>male</source>
        <translation>masculin</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>incertain</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>Recherche de visages</translation>
    </message>
    <message>
        <source>Video with faces</source>
        <translation>Vidéo avec visages</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Mesure</translation>
    </message>
    <message>
        <source>years off on average</source>
        <translation>ans d’écart en moyenne</translation>
    </message>
    <message>
        <source>gender right</source>
        <translation>genre juste</translation>
    </message>
    <message>
        <source>ages</source>
        <translation>âges</translation>
    </message>
    <message>
        <source>faces</source>
        <translation>visages</translation>
    </message>
    <message>
        <source>Errors of age</source>
        <translation>Erreurs d’âge</translation>
    </message>
    <message>
        <source>years read too old (+) or too young (−)</source>
        <translation>ans en trop (+) ou en moins (−)</translation>
    </message>
    <message>
        <source>Gender (ROC)</source>
        <translation>Genre (ROC)</translation>
    </message>
    <message>
        <source>of men called female</source>
        <translation>hommes dits féminins</translation>
    </message>
    <message>
        <source>of women called female</source>
        <translation>femmes dites féminines</translation>
    </message>
    <message>
        <source>Learning (dashed: known faces)</source>
        <translation>Apprentissage (tirets&#xa0;: visages connus)</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>époque</translation>
    </message>
    <message>
        <source>A fault in Visage stopped this.</source>
        <translation>Une erreur de Visage a interrompu ceci.</translation>
    </message>
</context>
<context>
    <name>PhotoPreview</name>
    <message>
        <source>The chosen photo with its faces</source>
        <translation>La photo choisie avec ses visages</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>Estimation…</translation>
    </message>
    <message>
        <source>Arrows move it, Shift and arrows resize it, Enter takes it, Esc leaves it.</source>
        <translation>Les flèches le déplacent, Maj et les flèches changent sa taille, Entrée l’accepte, Échap l’abandonne.</translation>
    </message>
    <message>
        <source>Drag a box around the face.</source>
        <translation>Tracez un cadre autour du visage.</translation>
    </message>
    <message>
        <source>Choose a row to see its photo.</source>
        <translation>Choisissez une ligne pour en voir la photo.</translation>
    </message>
    <message>
        <source>Opening the photo…</source>
        <translation>Ouverture de la photo…</translation>
    </message>
    <message>
        <source>There is no picture to show.</source>
        <translation>Il n’y a pas d’image à montrer.</translation>
    </message>
    <message>
        <source>The photo cannot be shown as it was labelled. Was it moved, deleted or changed?</source>
        <translation>La photo ne peut pas être montrée telle qu’elle a été analysée. A-t-elle été déplacée, supprimée ou modifiée&#x202f;?</translation>
    </message>
</context>
<context>
    <name>PickerButton</name>
    <message>
        <source>{what}: {name}</source>
        <translation>{what}&#xa0;: {name}</translation>
    </message>
</context>
<context>
    <name>PictureKeeper</name>
    <message>
        <source>{photo} with faces</source>
        <translation>{photo} avec visages</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Enregistrée&#xa0;: {name}.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>L’image est dans le presse-papiers.</translation>
    </message>
</context>
<context>
    <name>PictureSaver</name>
    <message>
        <source>{name} could not be written: {reason}.</source>
        <translation>Impossible d’écrire {name}&#xa0;: {reason}.</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Stopped at {place}</source>
        <translation>Arrêté à {place}</translation>
    </message>
    <message>
        <source>Paused at {place}</source>
        <translation>En pause à {place}</translation>
    </message>
    <message>
        <source>Looking for photos and videos… {count} found</source>
        <translation>Recherche de photos et vidéos… {count} trouvées</translation>
    </message>
    <message>
        <source>Stopped while looking for photos and videos · {count} found</source>
        <translation>Arrêté pendant la recherche de photos et vidéos · {count} trouvées</translation>
    </message>
    <message>
        <source>Paused while looking for photos and videos · {count} found</source>
        <translation>En pause pendant la recherche de photos et vidéos · {count} trouvées</translation>
    </message>
    <message>
        <source>{name}: {time} of {length}</source>
        <translation>{name}&#xa0;: {time} sur {length}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>encore {time}</translation>
    </message>
    <message>
        <source>{number} of {photos}</source>
        <translation>{number} sur {photos}</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>File Folder</source>
        <translation>Dossier de fichiers</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Raccourci</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Chercher dans&#xa0;:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>Fichiers de &amp;type&#xa0;:</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Return</source>
        <translation>Entrée</translation>
    </message>
</context>
<context>
    <name>RecordKeeper</name>
    <message>
        <source>Video with faces, and tables</source>
        <translation>Vidéo avec visages, et tableaux</translation>
    </message>
    <message>
        <source>Tables alone</source>
        <translation>Tableaux seuls</translation>
    </message>
    <message>
        <source>Nothing was recorded: what was shown had come to its end.</source>
        <translation>Rien n’a été enregistré&#xa0;: ce qui était affiché était arrivé à sa fin.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Enregistrer une séance</translation>
    </message>
    <message>
        <source>{name} is what is being played.</source>
        <translation>{name} est la vidéo en cours de lecture.</translation>
    </message>
    <message>
        <source>Recorded as {name}: {length}, {people}.</source>
        <translation>Séance enregistrée&#xa0;: {name} ({length}, {people}).</translation>
    </message>
    <message numerus="yes">
        <source>%Ln frame(s) lost.</source>
        <translation>
            <numerusform>%Ln image perdue.</numerusform>
            <numerusform>%Ln images perdues.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
</context>
<context>
    <name>RowCell</name>
    <message>
        <source>by hand</source>
        <translation>à la main</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>À la main</translation>
    </message>
    <message>
        <source>{share} sure</source>
        <translation>sûr à {share}</translation>
    </message>
</context>
<context>
    <name>RowCommands</name>
    <message>
        <source>Leave out?</source>
        <translation>Écarter&#x202f;?</translation>
    </message>
    <message numerus="yes">
        <source>Leave %Ln file(s) out of this batch?</source>
        <translation>
            <numerusform>Écarter %Ln fichier de ce lot&#x202f;?</numerusform>
            <numerusform>Écarter %Ln fichiers de ce lot&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Ages, genders and corrections are forgotten. Nothing is deleted from the disk.</source>
        <translation>Les âges, genres et corrections seront oubliés. Rien n’est effacé du disque.</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Écarter</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conserver</translation>
    </message>
</context>
<context>
    <name>RowModel</name>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Vu</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Other model</source>
        <translation>Autre modèle</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Écart</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Certitude</translation>
    </message>
    <message>
        <source>no age</source>
        <translation>aucun âge</translation>
    </message>
    <message>
        <source>Estimated: {words}</source>
        <translation>Estimation&#xa0;: {words}</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>Faces and photos of this batch</source>
        <translation>Visages et photos de ce lot</translation>
    </message>
</context>
<context>
    <name>RowText</name>
    <message>
        <source>Other gender</source>
        <translation>Autre genre</translation>
    </message>
    <message>
        <source>it</source>
        <translation>ce fichier</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>No face found</source>
        <translation>Aucun visage trouvé</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Corrigé</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>As the s&amp;ystem</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>Light or dark, as the desktop says.</source>
        <translation>Clair ou sombre, selon le bureau.</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>C&amp;lair</translation>
    </message>
    <message>
        <source>Dark letters on a light ground.</source>
        <translation>Lettres sombres sur fond clair.</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>Som&amp;bre</translation>
    </message>
    <message>
        <source>Light letters on a dark ground.</source>
        <translation>Lettres claires sur fond sombre.</translation>
    </message>
    <message>
        <source>&amp;Automatic</source>
        <translation>&amp;Automatique</translation>
    </message>
    <message>
        <source>The graphics card where it helps, else the processor.</source>
        <translation>La carte graphique si elle est utile, sinon le processeur.</translation>
    </message>
    <message>
        <source>&amp;ONNX Runtime</source>
        <translation>&amp;ONNX Runtime</translation>
    </message>
    <message>
        <source>The processor; starts at once.</source>
        <translation>Le processeur&#x202f;; démarre aussitôt.</translation>
    </message>
    <message>
        <source>&amp;Keras with TensorFlow</source>
        <translation>&amp;Keras avec TensorFlow</translation>
    </message>
    <message>
        <source>Slower to start; needs TensorFlow.</source>
        <translation>Démarre plus lentement&#x202f;; demande TensorFlow.</translation>
    </message>
    <message>
        <source>A&amp;utomatic</source>
        <translation>A&amp;utomatique</translation>
    </message>
    <message>
        <source>Whichever the picture needs.</source>
        <translation>Selon l’image.</translation>
    </message>
    <message>
        <source>&amp;Near</source>
        <translation>&amp;Près</translation>
    </message>
    <message>
        <source>Faces within about five metres; fastest.</source>
        <translation>Visages à moins de cinq mètres environ&#x202f;; le plus rapide.</translation>
    </message>
    <message>
        <source>&amp;Far</source>
        <translation>L&amp;oin</translation>
    </message>
    <message>
        <source>Small faces in every frame; slowest.</source>
        <translation>Petits visages dans chaque image&#x202f;; le plus lent.</translation>
    </message>
    <message>
        <source>&amp;Small</source>
        <translation>P&amp;etite</translation>
    </message>
    <message>
        <source>640 × 480, for old cameras and slow computers.</source>
        <translation>640 × 480, pour les vieilles caméras et les ordinateurs lents.</translation>
    </message>
    <message>
        <source>&amp;HD</source>
        <translation>&amp;HD</translation>
    </message>
    <message>
        <source>&amp;Full HD</source>
        <translation>&amp;Full HD</translation>
    </message>
    <message>
        <source>1920 × 1080, for faces across a room.</source>
        <translation>1920 × 1080, pour des visages à l’autre bout d’une pièce.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <translation>Ce qui exécute le modèle</translation>
    </message>
    <message>
        <source>Where faces are</source>
        <translation>Où sont les visages</translation>
    </message>
    <message>
        <source>Picture size of cameras</source>
        <translation>Taille d’image des caméras</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>&amp;Look hard for small faces</source>
        <translation>&amp;Chercher aussi les petits visages</translation>
    </message>
    <message>
        <source>Finds people far away in group photos; takes several times as long.</source>
        <translation>Trouve les personnes éloignées sur les photos de groupe&#x202f;; plusieurs fois plus long.</translation>
    </message>
    <message>
        <source>Where Visage speaks it; else English.</source>
        <translation>Si Visage la parle&#x202f;; sinon l’anglais.</translation>
    </message>
    <message>
        <source>Smallest face</source>
        <translation>Plus petit visage</translation>
    </message>
    <message>
        <source>Lower faces are left out; of cameras and videos those below 20 px always are.</source>
        <translation>Les visages moins hauts sont ignorés&#x202f;; avec une caméra ou une vidéo, ceux de moins de 20 px le sont toujours.</translation>
    </message>
    <message>
        <source>Beside each face</source>
        <translation>À côté de chaque visage</translation>
    </message>
    <message>
        <source>A&amp;ge</source>
        <translation>Â&amp;ge</translation>
    </message>
    <message>
        <source>&amp;Range of the age</source>
        <translation>Fou&amp;rchette d’âge</translation>
    </message>
    <message>
        <source>G&amp;ender</source>
        <translation>Ge&amp;nre</translation>
    </message>
</context>
<context>
    <name>SkippedDialog</name>
    <message>
        <source>Left out</source>
        <translation>Fichiers écartés</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out:</source>
        <translation>
            <numerusform>%Ln fichier a été écarté&#xa0;:</numerusform>
            <numerusform>%Ln fichiers ont été écartés&#xa0;:</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that were left out</source>
        <translation>Fichiers écartés</translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message>
        <source>{name}: {count}</source>
        <translation>{name}&#xa0;: {count}</translation>
    </message>
    <message>
        <source>{name}: {count}, {share}</source>
        <translation>{name}&#xa0;: {count}, {share}</translation>
    </message>
    <message>
        <source>no gender estimated</source>
        <translation>genre non estimé</translation>
    </message>
    <message>
        <source>{faces}, {count} doubtful</source>
        <translation>{faces}, dont {count} douteux</translation>
    </message>
    <message>
        <source>faces per photo on average</source>
        <translation>visages par photo en moyenne</translation>
    </message>
    <message>
        <source>of genders unsure</source>
        <translation>de genres incertains</translation>
    </message>
    <message>
        <source>{first}–{last} years</source>
        <translation>{first}–{last} ans</translation>
    </message>
    <message>
        <source>Ages</source>
        <translation>Âges</translation>
    </message>
    <message>
        <source>age in years</source>
        <translation>âge en années</translation>
    </message>
    <message>
        <source>Genders</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>Faces per photo</source>
        <translation>Visages par photo</translation>
    </message>
    <message>
        <source>faces in a photo</source>
        <translation>visages sur une photo</translation>
    </message>
    <message>
        <source>{count} faces or more</source>
        <translation>{count} visages ou plus</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Aucun visage</translation>
    </message>
</context>
<context>
    <name>StatisticsPage</name>
    <message>
        <source>Ages</source>
        <translation>Âges</translation>
    </message>
    <message>
        <source>Save as PNG or SVG…</source>
        <translation>Enregistrer en PNG ou SVG…</translation>
    </message>
    <message>
        <source>Open a job to see its statistics.</source>
        <translation>Ouvrez un lot pour en voir les statistiques.</translation>
    </message>
    <message>
        <source>Ages and genders: {title}</source>
        <translation>Âges et genres&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Labelled by {model}</source>
        <translation>Analysé par le modèle {model}</translation>
    </message>
    <message>
        <source>No face passes the filter.</source>
        <translation>Aucun visage ne passe le filtre.</translation>
    </message>
    <message>
        <source>No faces to count yet.</source>
        <translation>Pas encore de visage à compter.</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>statistiques</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>Image PNG</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>Dessin SVG</translation>
    </message>
    <message>
        <source>Save statistics</source>
        <translation>Enregistrer les statistiques</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>Enregistré&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Genders</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>Faces per photo</source>
        <translation>Visages par photo</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>{time} ms per frame</source>
        <translation>{time} ms par image</translation>
    </message>
    <message numerus="yes">
        <source>%Ln dropped</source>
        <translation>
            <numerusform>%Ln ignorée</numerusform>
            <numerusform>%Ln ignorées</numerusform>
        </translation>
    </message>
    <message>
        <source>No face found</source>
        <translation>Aucun visage trouvé</translation>
    </message>
</context>
<context>
    <name>TracksDialog</name>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Fourchette</translation>
    </message>
    <message>
        <source>Gender</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Apparaît à</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Disparaît à</translation>
    </message>
    <message>
        <source>Who leaves for more than two seconds and comes back is counted again.</source>
        <translation>Qui s’absente plus de deux secondes puis revient est compté à nouveau.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>personne</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Position in the video</source>
        <translation>Position dans la vidéo</translation>
    </message>
    <message>
        <source>Recording, {time}</source>
        <translation>Enregistrement, {time}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} sur {count}</translation>
    </message>
</context>
<context>
    <name>TroubleView</name>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Changer de source…</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Female</source>
        <translation>Féminin</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Masculin</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>Doubtful</source>
        <translation>Douteux</translation>
    </message>
    <message>
        <source>Something went wrong inside Visage. The log file tells more.</source>
        <translation>Une erreur s’est produite dans Visage. Le journal en dit plus.</translation>
    </message>
</context>
<context>
    <name>_Outcome</name>
    <message numerus="yes">
        <source>%Ln sidecar(s) were written</source>
        <translation>
            <numerusform>%Ln fichier annexe écrit</numerusform>
            <numerusform>%Ln fichiers annexes écrits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chip(s) were written</source>
        <translation>
            <numerusform>%Ln vignette écrite</numerusform>
            <numerusform>%Ln vignettes écrites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies were written</source>
        <translation>
            <numerusform>%Ln copie écrite</numerusform>
            <numerusform>%Ln copies écrites</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar(s) were there already.</source>
        <translation>
            <numerusform>%Ln fichier annexe était déjà là.</numerusform>
            <numerusform>%Ln fichiers annexes étaient déjà là.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chip(s) were there already.</source>
        <translation>
            <numerusform>%Ln vignette était déjà là.</numerusform>
            <numerusform>%Ln vignettes étaient déjà là.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies were there already.</source>
        <translation>
            <numerusform>%Ln copie était déjà là.</numerusform>
            <numerusform>%Ln copies étaient déjà là.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out:</source>
        <translation>
            <numerusform>%Ln fichier a été écarté&#xa0;:</numerusform>
            <numerusform>%Ln fichiers ont été écartés&#xa0;:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_SkippedModel</name>
    <message>
        <source>File or folder</source>
        <translation>Fichier ou dossier</translation>
    </message>
    <message>
        <source>Why it was left out</source>
        <translation>Raison</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>&quot;%1&quot; is not the number of a camera. The first is &quot;camera:0&quot;.</source>
        <translation>«&#xa0;%1&#xa0;» n’est pas le numéro d’une caméra. La première est «&#xa0;camera:0&#xa0;».</translation>
    </message>
    <message>
        <source>%1 (answers %2 thorough)</source>
        <translation>%1 (réponses %2, petits visages aussi)</translation>
    </message>
    <message>
        <source>%1 (answers %2)</source>
        <translation>%1 (réponses %2)</translation>
    </message>
    <message>
        <source>%1 breaks off at %2 of %3: the rest of the file is missing or damaged.</source>
        <translation>%1 s’interrompt à %2 sur %3&#xa0;: le reste du fichier manque ou est endommagé.</translation>
    </message>
    <message>
        <source>%1 cannot be made (%2).</source>
        <translation>Impossible de créer %1 (%2).</translation>
    </message>
    <message>
        <source>%1 could be about %2 as well; %3 would be clear.</source>
        <translation>%1 pourrait aussi concerner %2&#x202f;; %3 serait sans ambiguïté.</translation>
    </message>
    <message>
        <source>%1 could not be opened. Is another program using it?</source>
        <translation>%1 n’a pas pu être ouverte. Un autre programme l’utilise-t-il&#x202f;?</translation>
    </message>
    <message>
        <source>%1 could not be opened: no camera was found. Is it plugged in?</source>
        <translation>%1 n’a pas pu être ouverte&#xa0;: aucune caméra n’a été trouvée. Est-elle branchée&#x202f;?</translation>
    </message>
    <message>
        <source>%1 could not be read (%2).</source>
        <translation>Impossible de lire %1 (%2).</translation>
    </message>
    <message>
        <source>%1 could not be read (%2); it was left as it is.</source>
        <translation>Impossible de lire %1 (%2)&#x202f;; ce fichier reste tel quel.</translation>
    </message>
    <message>
        <source>%1 could not be read to its end (%2).</source>
        <translation>Impossible de lire %1 jusqu’au bout (%2).</translation>
    </message>
    <message>
        <source>%1 could not be repaired (%2).</source>
        <translation>Impossible de réparer %1 (%2).</translation>
    </message>
    <message>
        <source>%1 could not be written (%2).</source>
        <translation>Impossible d’écrire %1 (%2).</translation>
    </message>
    <message>
        <source>%1 could not be written (there is no such folder).</source>
        <translation>Impossible d’écrire %1 (ce dossier n’existe pas).</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>Impossible d’écrire %1&#xa0;: %2.</translation>
    </message>
    <message>
        <source>%1 could not be written: the folder may be read-only, or this build of OpenCV has no encoder for VP8.</source>
        <translation>Impossible d’écrire %1&#xa0;: le dossier est peut-être en lecture seule, ou OpenCV n’a pas d’encodeur VP8 ici.</translation>
    </message>
    <message>
        <source>%1 disappeared while it was read (%2).</source>
        <translation>%1 a disparu pendant la lecture (%2).</translation>
    </message>
    <message>
        <source>%1 does not answer. Unplug it, plug it in again, then try again.</source>
        <translation>%1 ne répond pas. Débranchez-la, rebranchez-la, puis réessayez.</translation>
    </message>
    <message>
        <source>%1 does not exist. Was it moved or renamed?</source>
        <translation>%1 n’existe pas. A-t-il été déplacé ou renommé&#x202f;?</translation>
    </message>
    <message>
        <source>%1 faces corrected by hand on this computer; before that: %2</source>
        <translation>%1 visages corrigés à la main sur cet ordinateur&#x202f;; auparavant&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1 gave no picture for %2 seconds and was given up.</source>
        <translation>%1 n’a pas donné d’image pendant %2 secondes et a été abandonné.</translation>
    </message>
    <message>
        <source>%1 gives no picture. Is it still plugged in? Trying again …</source>
        <translation>%1 ne donne pas d’image. Est-elle encore branchée&#x202f;? Nouvel essai…</translation>
    </message>
    <message>
        <source>%1 has no known length: seeking is not possible.</source>
        <translation>La durée de %1 est inconnue&#xa0;: impossible de s’y déplacer.</translation>
    </message>
    <message>
        <source>%1 has the name that its sidecar would have.</source>
        <translation>%1 porte le nom qu’aurait son fichier annexe.</translation>
    </message>
    <message>
        <source>%1 holds a larger picture, of %2 megapixels, than the %3 × %4 pixels that it says.</source>
        <translation>%1 contient une image plus grande, de %2 mégapixels, que les %3 × %4 pixels annoncés.</translation>
    </message>
    <message>
        <source>%1 holds a video, but is not called one: rename it, to end with .mp4, say.</source>
        <translation>%1 contient une vidéo, mais son nom ne le dit pas&#xa0;: renommez-le, en .mp4 par exemple.</translation>
    </message>
    <message>
        <source>%1 holds no picture that Visage can read.</source>
        <translation>%1 ne contient aucune image lisible par Visage.</translation>
    </message>
    <message>
        <source>%1 is a folder, not a file.</source>
        <translation>%1 est un dossier, pas un fichier.</translation>
    </message>
    <message>
        <source>%1 is a link that leads nowhere.</source>
        <translation>%1 est un lien qui ne mène nulle part.</translation>
    </message>
    <message>
        <source>%1 is a link that leads to no sidecar; nothing was written.</source>
        <translation>%1 est un lien qui ne mène pas à un fichier annexe&#x202f;; rien n’a été écrit.</translation>
    </message>
    <message>
        <source>%1 is a link to %2, which stays; nothing was written.</source>
        <translation>%1 est un lien vers %2, qui reste tel quel&#x202f;; rien n’a été écrit.</translation>
    </message>
    <message>
        <source>%1 is a photo: there is nothing to seek in.</source>
        <translation>%1 est une photo&#xa0;: on ne peut pas s’y déplacer.</translation>
    </message>
    <message>
        <source>%1 is a video, not a photo: open it as a video.</source>
        <translation>%1 est une vidéo, non une photo&#xa0;: l’ouvrir comme vidéo.</translation>
    </message>
    <message>
        <source>%1 is a video: only the faces of photos can all be hidden.</source>
        <translation>%1 est une vidéo&#xa0;: seuls les visages des photos peuvent tous être masqués.</translation>
    </message>
    <message>
        <source>%1 is about another picture of that name.</source>
        <translation>%1 concerne une autre image du même nom.</translation>
    </message>
    <message>
        <source>%1 is cut into too many pieces to be read.</source>
        <translation>%1 est découpé en trop de morceaux pour être lu.</translation>
    </message>
    <message>
        <source>%1 is damaged or incomplete and could not be read to its end.</source>
        <translation>%1 est endommagé ou incomplet et n’a pas pu être lu jusqu’au bout.</translation>
    </message>
    <message>
        <source>%1 is empty: it has zero bytes.</source>
        <translation>%1 est vide&#xa0;: zéro octet.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB; it was left as it is.</source>
        <translation>%1 dépasse %2 Mo&#x202f;; ce fichier reste tel quel.</translation>
    </message>
    <message>
        <source>%1 is live: there is nothing to seek in.</source>
        <translation>%1 filme en direct&#xa0;: on ne peut pas s’y déplacer.</translation>
    </message>
    <message>
        <source>%1 is no XMP that Visage understands; it was left as it is.</source>
        <translation>%1 n’est pas un XMP que Visage comprend&#x202f;; ce fichier reste tel quel.</translation>
    </message>
    <message>
        <source>%1 is no file but a pipe, a socket or a device, and is not read.</source>
        <translation>%1 n’est pas un fichier mais un tube, un socket ou un périphérique, et n’est pas lu.</translation>
    </message>
    <message>
        <source>%1 is no name of a repository, such as USER/NAME.</source>
        <translation>%1 n’est pas un nom de dépôt tel que UTILISATEUR/NOM.</translation>
    </message>
    <message>
        <source>%1 is not a file; nothing was written.</source>
        <translation>%1 n’est pas un fichier&#x202f;; rien n’a été écrit.</translation>
    </message>
    <message>
        <source>%1 is not a picture that Visage can read.</source>
        <translation>%1 n’est pas une image que Visage sait lire.</translation>
    </message>
    <message>
        <source>%1 is not a video that Visage can play.</source>
        <translation>%1 n’est pas une vidéo que Visage sait lire.</translation>
    </message>
    <message>
        <source>%1 is not compressed, and Visage plays no such video. Convert it, to H.264 for example.</source>
        <translation>%1 n’est pas compressé, et Visage ne lit pas de telles vidéos. Convertissez-le, par exemple en H.264.</translation>
    </message>
    <message>
        <source>%1 is too large: %2 × %3 pixels, where %4 megapixels are the limit of its kind.</source>
        <translation>%1 est trop grand&#xa0;: %2 × %3 pixels, alors que la limite de ce format est de %4 mégapixels.</translation>
    </message>
    <message>
        <source>%1 is too large: its file has %2 MB, where %3 MB are the limit of its kind.</source>
        <translation>%1 est trop lourd&#xa0;: %2 Mo, alors que la limite de ce format est de %3 Mo.</translation>
    </message>
    <message>
        <source>%1 is too large: its frames have %2 × %3 pixels, where %4 megapixels are the limit.</source>
        <translation>%1 est trop grand&#xa0;: ses images ont %2 × %3 pixels, alors que la limite est de %4 mégapixels.</translation>
    </message>
    <message>
        <source>%1 is too large: so are its tiles.</source>
        <translation>%1 est trop grand, et ses tuiles aussi.</translation>
    </message>
    <message>
        <source>%1 is too long: %2 × %3 pixels, where a side may have %4.</source>
        <translation>%1 est trop long&#xa0;: %2 × %3 pixels, alors qu’un côté peut en avoir %4.</translation>
    </message>
    <message>
        <source>%1 may not be read. Check its permissions.</source>
        <translation>La lecture de %1 n’est pas permise. Vérifiez ses droits d’accès.</translation>
    </message>
    <message>
        <source>%1 needs more memory than is free.</source>
        <translation>%1 demande plus de mémoire qu’il n’y en a de libre.</translation>
    </message>
    <message>
        <source>%1 of %2 came damaged. Try again.</source>
        <translation>%1 de %2 est arrivé endommagé. Réessayez.</translation>
    </message>
    <message>
        <source>%1 of %2 is too large: %3 MB.</source>
        <translation>%1 de %2 est trop volumineux&#xa0;: %3 Mo.</translation>
    </message>
    <message>
        <source>%1 on the Hub has no %2: it is no model for Visage.</source>
        <translation>%1, sur le Hub, n’a pas de %2&#xa0;: ce n’est pas un modèle pour Visage.</translation>
    </message>
    <message>
        <source>%1 on the Hub lacks a file (%2).</source>
        <translation>Il manque un fichier à %1 sur le Hub (%2).</translation>
    </message>
    <message>
        <source>%1 shows no picture at %2 any more.</source>
        <translation>%1 ne montre plus d’image à %2.</translation>
    </message>
    <message>
        <source>%1 took longer than %2 seconds and was given up.</source>
        <translation>%1 a demandé plus de %2 secondes et a été abandonné.</translation>
    </message>
    <message>
        <source>%1 was changed after it was found. Try it again.</source>
        <translation>%1 a été modifié après avoir été trouvé. Réessayez.</translation>
    </message>
    <message>
        <source>%1 was changed since it was labelled. Label it again.</source>
        <translation>%1 a été modifié depuis son analyse. Analysez-le à nouveau.</translation>
    </message>
    <message>
        <source>%1, fitted (%2)</source>
        <translation>%1, ajusté (%2)</translation>
    </message>
    <message>
        <source>%1, whose ages are shifted in pictures that look like those of %2 faces whose ages were corrected by hand.</source>
        <translation>%1, dont les âges sont décalés sur les images qui ressemblent à celles de %2 visages dont l’âge a été corrigé à la main.</translation>
    </message>
    <message>
        <source>A face needs a box of %1 px or more in the photo; this one has %2 × %3 px.</source>
        <translation>Le cadre d’un visage doit avoir %1 px ou plus dans la photo&#x202f;; celui-ci a %2 × %3 px.</translation>
    </message>
    <message>
        <source>A fault in Visage stopped this photo (%1).</source>
        <translation>Une erreur de Visage a interrompu cette photo (%1).</translation>
    </message>
    <message>
        <source>A fault in Visage stopped this video (%1).</source>
        <translation>Une erreur de Visage a interrompu cette vidéo (%1).</translation>
    </message>
    <message>
        <source>A model called %1 comes with Visage: no other of its name is installed beside it.</source>
        <translation>Un modèle nommé %1 est fourni avec Visage&#xa0;: aucun autre du même nom n’est installé à côté.</translation>
    </message>
    <message>
        <source>A model called %1 is installed already. Remove its folder first.</source>
        <translation>Un modèle nommé %1 est déjà installé. Supprimez d’abord son dossier.</translation>
    </message>
    <message>
        <source>A model&apos;s name consists of letters, digits, - and _, at most 60.</source>
        <translation>Le nom d’un modèle se compose de lettres, de chiffres, de - et de _, au plus 60.</translation>
    </message>
    <message>
        <source>A worker of the cluster has another version of Visage or of the model “%1”. Install the same everywhere.</source>
        <translation>Un ordinateur de la grappe a une autre version de Visage ou du modèle «&#xa0;%1&#xa0;». Installez la même partout.</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>adresse déjà utilisée</translation>
    </message>
    <message>
        <source>Age CNN</source>
        <translation>CNN d’âge</translation>
    </message>
    <message>
        <source>Age alone: four convolutions, from scratch, as in the student report.</source>
        <translation>L’âge seul&#xa0;: quatre convolutions, entraînées de zéro, comme dans le rapport de l’étudiant.</translation>
    </message>
    <message>
        <source>Age and gender CNN</source>
        <translation>CNN d’âge et de genre</translation>
    </message>
    <message>
        <source>All-Age-Faces, aligned by Visage, for research only: %1 chips of %2; UTKFace, aligned and cropped, for non-commercial research only: %3 chips of %4; split by duplicate group.</source>
        <translation>All-Age-Faces, aligné par Visage, pour la recherche seulement&#xa0;: %1 vignettes sur %2&#xa0;; UTKFace, aligné et découpé, pour la recherche non commerciale seulement&#xa0;: %3 vignettes sur %4&#xa0;; réparties par groupe de doublons.</translation>
    </message>
    <message>
        <source>An age lies between 0 and %1 years.</source>
        <translation>Un âge se situe entre 0 et %1 ans.</translation>
    </message>
    <message>
        <source>An empty name is no source. Name a file, a folder or a camera.</source>
        <translation>Un nom vide n’est pas une source. Indiquez un fichier, un dossier ou une caméra.</translation>
    </message>
    <message>
        <source>An estimate of how old a face looks and of how a stranger would read its gender, not of who a person is.</source>
        <translation>Estimation de l’âge que paraît un visage et du genre qu’un inconnu y lirait, non de qui est une personne.</translation>
    </message>
    <message>
        <source>Bad file descriptor</source>
        <translation>descripteur de fichier invalide</translation>
    </message>
    <message>
        <source>Before that: ImageNet, for research only, and edges of BSDS500 (the file vgg16_notop.weights.h5).</source>
        <translation>Auparavant&#xa0;: ImageNet, pour la recherche seulement, puis les contours de BSDS500 (fichier vgg16_notop.weights.h5).</translation>
    </message>
    <message>
        <source>Before that: ImageNet, then breeds of dogs, for research only (the file mobilenet_v2_notop.weights.h5).</source>
        <translation>Auparavant&#xa0;: ImageNet, puis des races de chiens, pour la recherche seulement (fichier mobilenet_v2_notop.weights.h5).</translation>
    </message>
    <message>
        <source>Before that: VGGFace2 for identity, then IMDB-WIKI for age and gender, both for research only (HSE-FaceRes by A. Savchenko).</source>
        <translation>Auparavant&#xa0;: VGGFace2 pour l’identité, puis IMDB-WIKI pour l’âge et le genre, tous deux pour la recherche seulement (HSE-FaceRes, d’A. Savchenko).</translation>
    </message>
    <message>
        <source>Both from four convolution blocks, from scratch, as in the student report.</source>
        <translation>Les deux par quatre blocs de convolution, entraînés de zéro, comme dans le rapport de l’étudiant.</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>tube rompu</translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation>Caméra %1</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>mémoire insuffisante</translation>
    </message>
    <message>
        <source>Chips of shape (N, %1, %2, 3) expected, not %3.</source>
        <translation>Vignettes de forme (N, %1, %2, 3) attendues, et non %3.</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>connexion refusée</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>connexion coupée par l’autre machine</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>délai de connexion dépassé</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>périphérique ou ressource occupé</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>quota de disque dépassé</translation>
    </message>
    <message>
        <source>EfficientNetB0 with ImageNet weights under the report&apos;s shared head.</source>
        <translation>EfficientNetB0 avec les poids d’ImageNet, sous la tête commune du rapport.</translation>
    </message>
    <message>
        <source>EfficientNetB1 with ImageNet weights under the report&apos;s shared head.</source>
        <translation>EfficientNetB1 avec les poids d’ImageNet, sous la tête commune du rapport.</translation>
    </message>
    <message>
        <source>EfficientNetB2 (as reported)</source>
        <translation>EfficientNetB2 (comme dans le rapport)</translation>
    </message>
    <message>
        <source>Faces are drawn in photos only, not in videos.</source>
        <translation>Les visages se dessinent dans les photos seulement, pas dans les vidéos.</translation>
    </message>
    <message>
        <source>Faces whose photos cannot be read any more: %1.</source>
        <translation>Visages dont les photos ne peuvent plus être lues&#xa0;: %1.</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>le fichier existe déjà</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>nom de fichier trop long</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>fichier trop volumineux</translation>
    </message>
    <message>
        <source>GPU: %1</source>
        <translation>GPU&#xa0;: %1</translation>
    </message>
    <message>
        <source>Gender CNN</source>
        <translation>CNN de genre</translation>
    </message>
    <message>
        <source>Gender CNN (as reported)</source>
        <translation>CNN de genre (comme dans le rapport)</translation>
    </message>
    <message>
        <source>Gender alone: four convolutions, from scratch, as in the student report.</source>
        <translation>Le genre seul&#xa0;: quatre convolutions, entraînées de zéro, comme dans le rapport de l’étudiant.</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>machine distante arrêtée</translation>
    </message>
    <message>
        <source>How a folder looks is seen of %1 faces or more; %2 can be read.</source>
        <translation>L’allure d’un dossier se voit sur %1 visages ou plus&#x202f;; %2 sont lisibles.</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>erreur d’entrée-sortie</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>argument invalide</translation>
    </message>
    <message>
        <source>Invalid cross-device link</source>
        <translation>lien invalide entre deux disques</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>c’est un dossier</translation>
    </message>
    <message>
        <source>It could not be reached (%1).</source>
        <translation>Fichier inaccessible (%1).</translation>
    </message>
    <message>
        <source>It has hardly any contrast: faces may stay unseen.</source>
        <translation>Presque aucun contraste&#xa0;: des visages peuvent passer inaperçus.</translation>
    </message>
    <message>
        <source>It is a dead link, or was deleted just now.</source>
        <translation>Lien mort, ou fichier supprimé à l’instant.</translation>
    </message>
    <message>
        <source>It is an animation, of which the first picture was read.</source>
        <translation>C’est une animation, dont la première image a été lue.</translation>
    </message>
    <message>
        <source>It is no file that could be read as a photo or a video.</source>
        <translation>Ce n’est pas un fichier lisible comme une photo ou une vidéo.</translation>
    </message>
    <message>
        <source>Learning needs %1 faces with a corrected age; there are %2.</source>
        <translation>Pour apprendre, il faut %1 visages à l’âge corrigé&#x202f;; il y en a %2.</translation>
    </message>
    <message>
        <source>Learning needs faces of %1 different pictures; there are %2. Copies, and pictures that look the same, count as one.</source>
        <translation>Pour apprendre, il faut des visages de %1 images différentes&#x202f;; il y en a %2. Des copies et des images d’aspect identique comptent pour une seule.</translation>
    </message>
    <message>
        <source>MobileNetV2 (as reported)</source>
        <translation>MobileNetV2 (comme dans le rapport)</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>réseau inaccessible</translation>
    </message>
    <message>
        <source>No folder can be called %1 on Windows; choose another name.</source>
        <translation>Sous Windows, aucun dossier ne peut se nommer %1&#x202f;; choisissez un autre nom.</translation>
    </message>
    <message>
        <source>No installed model comes with what it needs to learn.</source>
        <translation>Aucun modèle installé n’est fourni avec ce qu’il faut pour apprendre.</translation>
    </message>
    <message>
        <source>It is very blurred: faces may stay unseen.</source>
        <translation>Très floue&#xa0;: des visages peuvent passer inaperçus.</translation>
    </message>
    <message>
        <source>Before that: ImageNet, as EfficientNet-Lite0, for research only (the file efficientnet_b0_notop.weights.h5).</source>
        <translation>Auparavant&#xa0;: ImageNet, en tant qu’EfficientNet-Lite0, pour la recherche seulement (fichier efficientnet_b0_notop.weights.h5).</translation>
    </message>
    <message>
        <source>Before that: ImageNet, as EfficientNet-Lite1, for research only (the file efficientnet_b1_notop.weights.h5).</source>
        <translation>Auparavant&#xa0;: ImageNet, en tant qu’EfficientNet-Lite1, pour la recherche seulement (fichier efficientnet_b1_notop.weights.h5).</translation>
    </message>
    <message>
        <source>Before that: ImageNet, as EfficientNet-Lite2, for research only (the file efficientnet_b2_notop.weights.h5).</source>
        <translation>Auparavant&#xa0;: ImageNet, en tant qu’EfficientNet-Lite2, pour la recherche seulement (fichier efficientnet_b2_notop.weights.h5).</translation>
    </message>
    <message>
        <source>It shows hardly more than one colour.</source>
        <translation>On n’y voit guère plus d’une couleur.</translation>
    </message>
    <message>
        <source>The code is Apache-2.0.</source>
        <translation>Le code est sous licence Apache-2.0.</translation>
    </message>
    <message>
        <source>It is hidden.</source>
        <translation>Fichier caché.</translation>
    </message>
    <message>
        <source>%1 is passed over: Visage crashed while it read it. Look again at failed files, or use label --retry-crashed, to try it once more.</source>
        <translation>%1 a été sauté&#xa0;: Visage s’est arrêté brutalement en le lisant. Choisissez Réessayer les échecs, ou utilisez label --retry-crashed, pour essayer encore une fois.</translation>
    </message>
    <message>
        <source>EfficientNetB2 with ImageNet weights under the report&apos;s shared head.</source>
        <translation>EfficientNetB2 avec les poids d’ImageNet, sous la tête commune du rapport.</translation>
    </message>
    <message>
        <source>It is no photo or video: a name without an ending is no kind of file that Visage reads.</source>
        <translation>Ni photo ni vidéo&#xa0;: nom sans extension.</translation>
    </message>
    <message>
        <source>It is no photo or video: “%1” is no kind of file that Visage reads.</source>
        <translation>Ni photo ni vidéo&#xa0;: format «&#xa0;%1&#xa0;» non lu.</translation>
    </message>
    <message>
        <source>It is no video, whatever its ending says.</source>
        <translation>Ce n’est pas une vidéo, quoi qu’en dise son extension.</translation>
    </message>
    <message>
        <source>It is too small to see a face in: %1 px on its shorter side.</source>
        <translation>Trop petite pour y voir un visage&#xa0;: %1&#xa0;px sur le petit côté.</translation>
    </message>
    <message>
        <source>It is very dark: faces may stay unseen.</source>
        <translation>Très sombre&#xa0;: des visages peuvent passer inaperçus.</translation>
    </message>
    <message>
        <source>It learnt what visage says of them, too.</source>
        <translation>Il a aussi appris ce que visage en dit.</translation>
    </message>
    <message>
        <source>It must not decide about people: not who may buy, enter, work or be watched.</source>
        <translation>Elle ne doit pas servir à décider du sort de personnes&#xa0;: ni qui peut acheter, entrer ou travailler, ni qui est surveillé.</translation>
    </message>
    <message>
        <source>It shows %1 faces or more, of which the surest are given.</source>
        <translation>Au moins %1 visages&#x202f;; seuls les plus sûrs sont donnés.</translation>
    </message>
    <message>
        <source>Its sidecar could not be written (%1).</source>
        <translation>Son fichier annexe n’a pas pu être écrit (%1).</translation>
    </message>
    <message>
        <source>Its sidecar could not be written; the log says why.</source>
        <translation>Son fichier annexe n’a pas pu être écrit&#x202f;; le journal dit pourquoi.</translation>
    </message>
    <message>
        <source>Keras cannot run the model %1: %2</source>
        <translation>Keras ne peut pas exécuter le modèle %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>MobileNet that learnt faces first, fine-tuned on the crops that the app makes.</source>
        <translation>MobileNet qui a d’abord appris les visages, affiné sur les découpes que fait l’application.</translation>
    </message>
    <message>
        <source>MobileNetV2 with ImageNet weights under the report&apos;s shared head.</source>
        <translation>MobileNetV2 avec les poids d’ImageNet, sous la tête commune du rapport.</translation>
    </message>
    <message>
        <source>No model is installed. Put one into %1 or %2.</source>
        <translation>Aucun modèle n’est installé. Placez-en un dans %1 ou %2.</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>aucun chemin vers la machine distante</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>plus d’espace sur le disque</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>périphérique inexistant</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>aucun fichier ou dossier de ce nom</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>ce n’est pas un dossier</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot run the model %1: %2</source>
        <translation>ONNX Runtime ne peut pas exécuter le modèle %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>OpenCV came without libvpx.</source>
        <translation>OpenCV est venu sans libvpx.</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>opération non permise</translation>
    </message>
    <message>
        <source>Operation not supported</source>
        <translation>opération non prise en charge</translation>
    </message>
    <message>
        <source>Page %1 of %2 was read: the largest, or the first of that size.</source>
        <translation>Page %1 sur %2 lue&#xa0;: la plus grande, ou la première de cette taille.</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>accès refusé</translation>
    </message>
    <message>
        <source>Ranges are fitted from %1 corrected ages on.</source>
        <translation>Les fourchettes s’ajustent à partir de&#xa0;%1 âges corrigés.</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>système de fichiers en lecture seule</translation>
    </message>
    <message>
        <source>Remote I/O error</source>
        <translation>erreur d’entrée-sortie à distance</translation>
    </message>
    <message>
        <source>ResNet50, from scratch.</source>
        <translation>ResNet50, entraîné de zéro.</translation>
    </message>
    <message>
        <source>Resource temporarily unavailable</source>
        <translation>ressource temporairement indisponible</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>fichier disparu du serveur</translation>
    </message>
    <message>
        <source>Structure needs cleaning</source>
        <translation>système de fichiers à réparer</translation>
    </message>
    <message>
        <source>Text file busy</source>
        <translation>fichier en cours d’exécution</translation>
    </message>
    <message>
        <source>The Hub asks who you are: log in with `hf auth login`, or set HF_TOKEN.</source>
        <translation>Le Hub demande qui vous êtes&#xa0;: connectez-vous avec `hf auth login`, ou définissez HF_TOKEN.</translation>
    </message>
    <message>
        <source>The Hub could not be reached, or the transfer broke off (%1).</source>
        <translation>Le Hub n’a pas pu être joint, ou le transfert s’est interrompu (%1).</translation>
    </message>
    <message>
        <source>The Hub does not let you use %1: log in with `hf auth login`, or set HF_TOKEN.</source>
        <translation>Le Hub ne vous laisse pas utiliser %1&#xa0;: connectez-vous avec `hf auth login`, ou définissez HF_TOKEN.</translation>
    </message>
    <message>
        <source>The Hub has no %1, or shows it only to those who log in with `hf auth login`.</source>
        <translation>Le Hub n’a pas de %1, ou ne le montre qu’après une connexion avec `hf auth login`.</translation>
    </message>
    <message>
        <source>The Hub refused it (%1).</source>
        <translation>Le Hub l’a refusé (%1).</translation>
    </message>
    <message>
        <source>The Keras engine needs TensorFlow, which is not installed. Choose the ONNX engine, or install Visage with its extra `gpu`.</source>
        <translation>Le moteur Keras demande TensorFlow, qui n’est pas installé. Choisissez le moteur ONNX, ou installez Visage avec son extra `gpu`.</translation>
    </message>
    <message>
        <source>The box reaches beyond the photo of %1 × %2 px.</source>
        <translation>Le cadre dépasse de la photo de %1 × %2 px.</translation>
    </message>
    <message>
        <source>The card %1 cannot be understood (%2).</source>
        <translation>La fiche %1 est incompréhensible (%2).</translation>
    </message>
    <message>
        <source>The card %1 is no file of a few pages.</source>
        <translation>La fiche %1 n’est pas un fichier de quelques pages.</translation>
    </message>
    <message>
        <source>The card of %1 does not name the files of a model for Visage.</source>
        <translation>La fiche de %1 ne nomme pas les fichiers d’un modèle pour Visage.</translation>
    </message>
    <message>
        <source>The disk is nearly full: %1 ends here.</source>
        <translation>Le disque est presque plein&#xa0;: %1 s’arrête ici.</translation>
    </message>
    <message>
        <source>The download was stopped. Nothing of it was kept.</source>
        <translation>Le téléchargement a été arrêté. Rien n’en a été gardé.</translation>
    </message>
    <message>
        <source>The encoder left a frame out.</source>
        <translation>L’encodeur a omis une image.</translation>
    </message>
    <message>
        <source>The file %1 belongs to another model than the one beside it.</source>
        <translation>Le fichier %1 va avec un autre modèle que celui qui est à côté.</translation>
    </message>
    <message>
        <source>The file %1 cannot be understood (%2).</source>
        <translation>Le fichier %1 est incompréhensible (%2).</translation>
    </message>
    <message>
        <source>The file %1 is not the one that the model&apos;s card describes. It is damaged or was changed; install the model again.</source>
        <translation>Le fichier %1 n’est pas celui que décrit la fiche du modèle. Il est endommagé ou a été modifié&#x202f;; réinstallez le modèle.</translation>
    </message>
    <message>
        <source>The folder %1 for the stored jobs cannot be made (%2).</source>
        <translation>Impossible de créer le dossier %1 des lots (%2).</translation>
    </message>
    <message>
        <source>The folder %1 holds no photos.</source>
        <translation>Le dossier %1 ne contient aucune photo.</translation>
    </message>
    <message>
        <source>The model %1 answered something that is no age.</source>
        <translation>Le modèle %1 a donné une réponse qui n’est pas un âge.</translation>
    </message>
    <message>
        <source>The model %1 answered something that is no number.</source>
        <translation>Le modèle %1 a donné une réponse qui n’est pas un nombre.</translation>
    </message>
    <message>
        <source>The model %1 answered what is no probability.</source>
        <translation>Le modèle %1 a donné une réponse qui n’est pas une probabilité.</translation>
    </message>
    <message>
        <source>The model %1 comes without %2.</source>
        <translation>Le modèle %1 est fourni sans %2.</translation>
    </message>
    <message>
        <source>The model %1 has no output %2.</source>
        <translation>Le modèle %1 n’a pas de sortie %2.</translation>
    </message>
    <message>
        <source>The model %1 is closed.</source>
        <translation>Le modèle %1 est fermé.</translation>
    </message>
    <message>
        <source>The model %1 says no distribution of ages.</source>
        <translation>Le modèle %1 ne donne pas de répartition des âges.</translation>
    </message>
    <message>
        <source>The model cannot be written to %1 (%2).</source>
        <translation>Impossible d’écrire le modèle dans %1 (%2).</translation>
    </message>
    <message>
        <source>The model file %1 cannot be loaded (%2).</source>
        <translation>Impossible de charger le fichier de modèle %1 (%2).</translation>
    </message>
    <message>
        <source>The model file %1 cannot be read (%2).</source>
        <translation>Impossible de lire le fichier de modèle %1 (%2).</translation>
    </message>
    <message>
        <source>The model file %1 cannot be read (it is no file).</source>
        <translation>Impossible de lire le fichier de modèle %1 (ce n’est pas un fichier).</translation>
    </message>
    <message>
        <source>The model file %1 is missing; install the model again.</source>
        <translation>Le fichier de modèle %1 manque&#x202f;; réinstallez le modèle.</translation>
    </message>
    <message>
        <source>The model file is no ONNX file that can be extended.</source>
        <translation>Le fichier de modèle n’est pas un fichier ONNX qui puisse être complété.</translation>
    </message>
    <message>
        <source>The model folder %1 has no %2.</source>
        <translation>Le dossier de modèle %1 ne contient pas %2.</translation>
    </message>
    <message>
        <source>The output %1 of the model %2 has the shape %3, which its card does not describe.</source>
        <translation>La sortie %1 du modèle %2 a la forme %3, que sa fiche ne décrit pas.</translation>
    </message>
    <message>
        <source>The photos of the corrected faces cannot be read any more.</source>
        <translation>Les photos des visages corrigés ne sont plus lisibles.</translation>
    </message>
    <message>
        <source>The picture is another now: corrections by hand were dropped.</source>
        <translation>L’image n’est plus la même&#xa0;: les corrections faites à la main ont été abandonnées.</translation>
    </message>
    <message>
        <source>The recording ended early, by an error in Visage.</source>
        <translation>L’enregistrement s’est terminé plus tôt, à cause d’une erreur de Visage.</translation>
    </message>
    <message>
        <source>The setting %1 must lie between %2 and %3, not %4.</source>
        <translation>Le paramètre %1 doit se situer entre %2 et %3, et non valoir %4.</translation>
    </message>
    <message>
        <source>The stored jobs in %1 are damaged (%2). “%3 jobs repair” saves what can be read.</source>
        <translation>Les lots enregistrés dans %1 sont endommagés (%2). La commande «&#xa0;%3 jobs repair&#xa0;» sauve ce qui peut être lu.</translation>
    </message>
    <message>
        <source>The stored jobs in %1 are in use. Close Visage and try again.</source>
        <translation>Les lots enregistrés dans %1 sont en cours d’utilisation. Fermez Visage et réessayez.</translation>
    </message>
    <message>
        <source>The stored jobs in %1 cannot be used: %2</source>
        <translation>Les lots enregistrés dans %1 sont inutilisables&#xa0;: %2</translation>
    </message>
    <message>
        <source>The stored jobs in %1 come from a newer Visage. Install that version, or move the file away to start anew.</source>
        <translation>Les lots enregistrés dans %1 viennent d’un Visage plus récent. Installez cette version, ou déplacez le fichier pour repartir de zéro.</translation>
    </message>
    <message>
        <source>The stored jobs in %1 must be updated, and there is no place for a copy of them (%2). Free some space and try again.</source>
        <translation>Les lots enregistrés dans %1 doivent être mis à jour, et la place manque pour une copie (%2). Libérez de l’espace et réessayez.</translation>
    </message>
    <message>
        <source>The system knows no home folder of yours: set HOME to one.</source>
        <translation>Le système ne vous connaît pas de dossier personnel&#xa0;: indiquez-en un dans HOME.</translation>
    </message>
    <message>
        <source>The video could not be encoded: %1.</source>
        <translation>Impossible d’encoder la vidéo&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The weights follow the licence of UTKFace: research and non-commercial use.</source>
        <translation>Les poids suivent la licence d’UTKFace&#xa0;: recherche et usage non commercial.</translation>
    </message>
    <message>
        <source>The weights follow the licences of AAF and UTKFace: research and non-commercial use.</source>
        <translation>Les poids suivent les licences d’AAF et d’UTKFace&#xa0;: recherche et usage non commercial.</translation>
    </message>
    <message>
        <source>There is a face already. Draw its box anew, or delete it first.</source>
        <translation>Il y a déjà un visage ici. Redessinez son cadre, ou supprimez-le d’abord.</translation>
    </message>
    <message>
        <source>There is another model called %1; choose another name.</source>
        <translation>Un autre modèle s’appelle déjà %1&#x202f;; choisissez un autre nom.</translation>
    </message>
    <message>
        <source>There is no camera %1. There is: %2.</source>
        <translation>Il n’y a pas de caméra %1. Il y a&#xa0;: %2.</translation>
    </message>
    <message>
        <source>There is no model called %1. There is: %2.</source>
        <translation>Il n’y a pas de modèle nommé %1. Il y a&#xa0;: %2.</translation>
    </message>
    <message>
        <source>This batch was deleted, or took the file back already.</source>
        <translation>Ce lot a été supprimé, ou a déjà repris le fichier.</translation>
    </message>
    <message>
        <source>This batch was labelled by another version of Visage or of its model. Label it again, then draw faces.</source>
        <translation>Ce lot a été analysé par une autre version de Visage ou de son modèle. Analysez-le à nouveau, puis dessinez des visages.</translation>
    </message>
    <message>
        <source>This face was deleted with its job.</source>
        <translation>Ce visage a été supprimé avec son lot.</translation>
    </message>
    <message>
        <source>This folder could not be opened (%1).</source>
        <translation>Impossible d’ouvrir ce dossier (%1).</translation>
    </message>
    <message>
        <source>This folder was reached before by another way.</source>
        <translation>Ce dossier a déjà été atteint par un autre chemin.</translation>
    </message>
    <message>
        <source>This job was deleted.</source>
        <translation>Ce lot a été supprimé.</translation>
    </message>
    <message>
        <source>This photo is not labelled yet. Wait for it, then draw faces.</source>
        <translation>Cette photo n’est pas encore analysée. Attendez-la, puis dessinez des visages.</translation>
    </message>
    <message>
        <source>This photo was deleted with its job.</source>
        <translation>Cette photo a été supprimée avec son lot.</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>trop de liens symboliques imbriqués</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>trop de fichiers ouverts</translation>
    </message>
    <message>
        <source>Transport endpoint is not connected</source>
        <translation>lecteur déconnecté</translation>
    </message>
    <message>
        <source>UTKFace, aligned and cropped, for non-commercial research only: %1 chips of %2, split by duplicate group.</source>
        <translation>UTKFace, aligné et découpé, pour la recherche non commerciale seulement&#xa0;: %1 vignettes sur %2, réparties par groupe de doublons.</translation>
    </message>
    <message>
        <source>VGG16 with ImageNet weights under the report&apos;s shared head.</source>
        <translation>VGG16 avec les poids d’ImageNet, sous la tête commune du rapport.</translation>
    </message>
    <message>
        <source>What is set as the token for the Hub is none: log in with `hf auth login`, or set HF_TOKEN anew.</source>
        <translation>Ce qui est défini comme jeton du Hub n’en est pas un&#xa0;: connectez-vous avec `hf auth login`, ou redéfinissez HF_TOKEN.</translation>
    </message>
    <message>
        <source>What was read cannot be kept in %1 (%2).</source>
        <translation>Impossible de conserver dans %1 ce qui a été lu (%2).</translation>
    </message>
    <message>
        <source>You left it out.</source>
        <translation>Vous l’avez écartée.</translation>
    </message>
    <message>
        <source>access is denied. Check the permissions of the file.</source>
        <translation>l’accès est refusé. Vérifiez les droits d’accès du fichier.</translation>
    </message>
    <message>
        <source>another program holds them. Close it and try again.</source>
        <translation>un autre programme les retient. Fermez-le et réessayez.</translation>
    </message>
    <message>
        <source>the disk does not answer as it should. What was done is kept.</source>
        <translation>le disque ne répond pas comme il le devrait. Ce qui a été fait est conservé.</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and go on; what was done is kept.</source>
        <translation>le disque est plein. Libérez de l’espace et reprenez&#x202f;; ce qui a été fait est conservé.</translation>
    </message>
    <message>
        <source>the file cannot be opened. Check the permissions of its folder.</source>
        <translation>le fichier ne peut pas être ouvert. Vérifiez les droits d’accès de son dossier.</translation>
    </message>
    <message>
        <source>they may not be written. Check the permissions of the file.</source>
        <translation>l’écriture n’est pas permise. Vérifiez les droits d’accès du fichier.</translation>
    </message>
</context>
</TS>
